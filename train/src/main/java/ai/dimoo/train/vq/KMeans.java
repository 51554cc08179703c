package ai.dimoo.train.vq;

import ai.dimoo.torch.TorchRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Lloyd's k-means of weighted points on the CPU, from k-means++ starting points.
final class KMeans {

  private KMeans() {}

  /// @param points [n, d] float32, n ≥ k
  /// @param weights [n] float32, above 0
  /// @return [k, d], in the caller's scope
  static Tensor centres(Tensor points, Tensor weights, int k, int iterations, TorchRandom random) {
    Tensor centres = start(points, weights, k, random);
    for (int i = 0; i < iterations; i++) {
      try (PointerScope scope = new PointerScope()) {
        centres.copy_(improve(points, weights, centres, random));
      }
    }
    return centres;
  }

  /// k-means++: each next centre is a point drawn in proportion to its weighted squared distance.
  private static Tensor start(Tensor points, Tensor weights, int k, TorchRandom random) {
    Tensor centres =
        torch.zeros(new long[] {k, points.size(1)}, new TensorOptions(ScalarType.Float));
    Tensor nearest =
        torch.full(
            new long[] {points.size(0)}, new Scalar(1e9), new TensorOptions(ScalarType.Float));
    for (int i = 0; i < k; i++) {
      try (PointerScope scope = new PointerScope()) {
        Tensor chosen =
            points.index_select(
                0, torch.multinomial(nearest.mul(weights), 1, true, random.generator()));
        centres.narrow(0, i, 1).copy_(chosen);
        Tensor squared = points.sub(chosen).square().sum(1);
        nearest.copy_(torch.minimum(nearest, squared).clamp_min(new Scalar(1e-12)));
      }
    }
    return centres;
  }

  private static Tensor improve(Tensor points, Tensor weights, Tensor centres, TorchRandom random) {
    long k = centres.size(0);
    TensorOptions float32 = new TensorOptions(ScalarType.Float);
    Tensor own = torch.argmin(torch.cdist(points, centres), new LongOptional(1), false); // [n]
    Tensor sums = torch.zeros_like(centres).index_add_(0, own, points.mul(weights.unsqueeze(1)));
    Tensor counts = torch.zeros(new long[] {k}, float32).index_add_(0, own, weights).unsqueeze(1);
    Tensor moved = sums.div(counts.clamp_min(new Scalar(1e-6)));
    // a centre that owns nothing starts again at a random point
    Tensor anywhere =
        points.index_select(
            0,
            random
                .uniform(ScalarType.Float, k)
                .mul_(new Scalar(points.size(0)))
                .to(ScalarType.Long));
    return torch.where(counts.gt(new Scalar(0)), moved, anywhere);
  }
}
