/// Fine-tuning by changes of low rank (LoRA): the model stays as it is, an adapter learns.
@NullMarked
package ai.dimoo.train.lora;

import org.jspecify.annotations.NullMarked;
