package ai.dimoo.vq;

import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Doubles the resolution: [B, channels, H, W] → [B, channels, 2H, 2W]
@FunctionalInterface
interface Upsampler {

  Tensor apply(Tensor x);

  static Upsampler of(Upsampling how, Weights weights, String name, long channels) {
    return switch (how) {
      case NEAREST -> {
        Conv conv = Conv.same(weights, name, channels, channels, 3);
        yield x -> conv.apply(torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3)));
      }
      case TRANSPOSED -> {
        Tensor weight = weights.get(name + ".weight", channels, channels, 4, 4); // [in, out, 4, 4]
        Tensor bias = weights.get(name + ".bias", channels);
        yield x -> transposed(x, weight, bias);
      }
    };
  }

  private static Tensor transposed(Tensor x, Tensor weight, Tensor bias) {
    long[] stride = {2, 2};
    long[] one = {1, 1};
    return torch.conv_transpose2d(
        x, weight, new TensorOptional(bias), stride, one, new long[] {0, 0}, 1, one);
  }
}
