package ai.dimoo.transformer;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Root mean square normalisation: x / √(mean(x²) + ε) · weight over the last dimension.
///
/// @param weight [d]
record RmsNorm(Tensor weight, double eps) {

  /// [..., d] → [..., d]
  Tensor apply(Tensor x) {
    return torch.rms_norm(
        x, new long[] {weight.size(0)}, new TensorOptional(weight), new DoubleOptional(eps));
  }
}
