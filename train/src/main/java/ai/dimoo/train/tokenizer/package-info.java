/// Training of the text tokenizer of our own models. The entry class is [BpeTrainer].
@NullMarked
package ai.dimoo.train.tokenizer;

import org.jspecify.annotations.NullMarked;
