package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import org.bytedeco.pytorch.Tensor;

/// A step of one branch of guidance as a shortcut network learns to take it: what it is given, and
/// what the transformer computes. The tensors belong to the `PointerScope` in which they were made,
/// the array is not copied.
///
/// @param before [L, d] the transformer's features a step ago
/// @param ids the present sequence
/// @param newPositions of the tokens that are new since then, ascending
/// @param maskRatio tokens masked now / tokens masked at the start
/// @param after [L, d] the transformer's features of the present sequence
public record FeaturePair(
    Tensor before, TokenIds ids, int[] newPositions, double maskRatio, Tensor after) {}
