/// What the model reads, as plain data: token ids, special tokens, grids of image codes, masks, and
/// where prompt, pictures and answers stand in a sequence. No LibTorch, no files.
///
/// Start at {@link ai.dimoo.sequence.TokenSequence}; {@link ai.dimoo.sequence.SequenceLayout} makes
/// one.
@NullMarked
package ai.dimoo.sequence;

import org.jspecify.annotations.NullMarked;
