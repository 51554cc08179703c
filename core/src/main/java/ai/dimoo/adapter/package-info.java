/// Small changes to a model's weights that are kept apart from it (LoRA), in the files of Hugging
/// Face's PEFT.
@NullMarked
package ai.dimoo.adapter;

import org.jspecify.annotations.NullMarked;
