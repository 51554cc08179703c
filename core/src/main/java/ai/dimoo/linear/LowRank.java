package ai.dimoo.linear;

import org.bytedeco.pytorch.Tensor;

/// A change of low rank to a linear layer: scale·B·A is added to its weight.
///
/// @param a [rank, in]
/// @param b [out, rank]
/// @param scale alpha / rank, times how much of the change is wanted
public record LowRank(Tensor a, Tensor b, double scale) {}
