package ai.dimoo.vq;

import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// A convolution with bias.
///
/// @param weight [out, in, k, k]
/// @param bias [out]
record Conv(Tensor weight, Tensor bias, long stride, long padding) {

  private static final long[] ONE = {1, 1};

  /// A convolution that keeps the size: zero padding of k/2 pixels.
  static Conv same(Weights weights, String name, long in, long out, long k) {
    return of(weights, name, in, out, k, 1, k / 2);
  }

  static Conv of(Weights weights, String name, long in, long out, long k, long stride, long pad) {
    return new Conv(
        weights.get(name + ".weight", out, in, k, k),
        weights.get(name + ".bias", out),
        stride,
        pad);
  }

  /// [B, in, H, W] → [B, out, H', W']
  Tensor apply(Tensor x) {
    return torch.conv2d(
        x,
        weight,
        new TensorOptional(bias),
        new long[] {stride, stride},
        new long[] {padding, padding},
        ONE,
        1);
  }
}
