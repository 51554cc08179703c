/// From a sentence and pictures' codes to the token sequence that the transformer reads: task
/// templates, the text tokenizer, special tokens and the layouts with their image grids. The entry
/// class is [PromptEncoder].
@NullMarked
package ai.dimoo.prompt;

import org.jspecify.annotations.NullMarked;
