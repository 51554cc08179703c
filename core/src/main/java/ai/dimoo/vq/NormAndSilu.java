package ai.dimoo.vq;

import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Group normalisation (ε = 1e-6, as Diffusers' VQ model has it) followed by SiLU.
///
/// @param weight [channels]
/// @param bias [channels]
record NormAndSilu(Tensor weight, Tensor bias, long groups) {

  private static final double EPS = 1e-6;

  static NormAndSilu of(Weights weights, String name, long channels, long groups) {
    return new NormAndSilu(
        weights.get(name + ".weight", channels), weights.get(name + ".bias", channels), groups);
  }

  /// [B, channels, H, W] → the same
  Tensor apply(Tensor x) {
    return torch.silu(
        torch.group_norm(
            x, groups, new TensorOptional(weight), new TensorOptional(bias), EPS, false));
  }
}
