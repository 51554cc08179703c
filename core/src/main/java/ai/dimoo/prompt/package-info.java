/// From a sentence and pictures' codes to the token sequence that the transformer reads: task
/// templates, the text tokenizer, the special tokens of a checkpoint. The entry class is
/// [PromptEncoder].
@NullMarked
package ai.dimoo.prompt;

import org.jspecify.annotations.NullMarked;
