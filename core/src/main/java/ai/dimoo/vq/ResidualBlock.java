package ai.dimoo.vq;

import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// x + conv2(silu(norm2(conv1(silu(norm1(x)))))), with a 1×1 convolution on x where the number of
/// channels changes. (Diffusers' `ResnetBlock2D` without time embedding.)
record ResidualBlock(
    NormAndSilu norm1, Conv conv1, NormAndSilu norm2, Conv conv2, @Nullable Conv shortcut) {

  static ResidualBlock of(Weights weights, String name, long in, long out, long groups) {
    return new ResidualBlock(
        NormAndSilu.of(weights, name + ".norm1", in, groups),
        Conv.same(weights, name + ".conv1", in, out, 3),
        NormAndSilu.of(weights, name + ".norm2", out, groups),
        Conv.same(weights, name + ".conv2", out, out, 3),
        in == out ? null : Conv.same(weights, name + ".conv_shortcut", in, out, 1));
  }

  /// [B, in, H, W] → [B, out, H, W]
  Tensor apply(Tensor x) {
    Tensor h = conv1.apply(norm1.apply(x));
    h = conv2.apply(norm2.apply(h));
    return (shortcut == null ? x : shortcut.apply(x)).add(h);
  }
}
