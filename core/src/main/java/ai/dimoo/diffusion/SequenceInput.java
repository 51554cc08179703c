package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;

/// What a decoding needs computed of one sequence. The arrays are not copied: nobody may write to
/// them.
///
/// @param ids the whole sequence
/// @param computation how the features of its positions come about
/// @param read positions whose logits are wanted, ascending; computed ones only
/// @param rated positions of which the largest logit is enough, ascending; computed ones only
/// @param columns of the logits
public record SequenceInput(
    TokenIds ids, Computation computation, int[] read, int[] rated, Columns columns) {}
