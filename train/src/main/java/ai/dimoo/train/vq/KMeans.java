package ai.dimoo.train.vq;

import ai.dimoo.torch.TorchRandom;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Lloyd's k-means of weighted points on the CPU. Distances are matrix products over blocks of
/// points, so that memory stays bounded and most of the work is multiplication.
///
/// It begins with k-means++ in rounds: of k centres, k/64 at a time are drawn in proportion to the
/// weighted squared distance from those of the rounds before. (One at a time, as k-means++ has it,
/// reads all points k times: for 100,000 tiles of 768 numbers and 4,096 centres that is 1.3
/// terabytes. Up to 64 centres it is one at a time here too.)
final class KMeans {

  private static final int ROUNDS = 64;

  /// Points whose distances are in memory at once.
  private static final long BLOCK = 4096;

  private KMeans() {}

  /// The nearest centre of each point, of equal ones the first.
  ///
  /// @param centre [n] int64
  /// @param squared [n] float32, the squared distance from it
  record Assignment(Tensor centre, Tensor squared) {}

  /// @param points [n, d] float32, n ≥ k, no two of them equal
  /// @param weights [n] float32, above 0
  /// @param progress told after each iteration: how many are done, and the weighted mean of the
  ///   squared distances that it began with
  /// @return [k, d], in the caller's scope
  /// @throws IllegalArgumentException if there are fewer points than centres
  static Tensor centres(
      Tensor points,
      Tensor weights,
      int k,
      int iterations,
      TorchRandom random,
      BiConsumer<Integer, Double> progress) {
    if (points.size(0) < k) {
      throw new IllegalArgumentException(k + " centres of " + points.size(0) + " points");
    }
    Tensor centres = start(points, weights, k, random);
    for (int i = 0; i < iterations; i++) {
      try (PointerScope scope = new PointerScope()) {
        Assignment assignment = nearest(points, centres);
        centres.copy_(improved(points, weights, assignment, k));
        Tensor error = assignment.squared().mul(weights).sum().div(weights.sum());
        progress.accept(i + 1, error.item_double());
      }
    }
    return centres;
  }

  private static Tensor start(Tensor points, Tensor weights, int k, TorchRandom random) {
    Tensor centres = zeros(k, points.size(1));
    int round = Math.max(1, k / ROUNDS);
    try (PointerScope all = new PointerScope()) {
      Tensor squared = torch.ones_like(weights);
      for (int from = 0; from < k; from += round) {
        try (PointerScope scope = new PointerScope()) {
          int count = Math.min(round, k - from);
          Tensor drawn = torch.multinomial(squared.mul(weights), count, false, random.generator());
          Tensor chosen = points.index_select(0, drawn);
          centres.narrow(0, from, count).copy_(chosen);
          Tensor fromChosen = nearest(points, chosen).squared();
          squared.copy_(from == 0 ? fromChosen : torch.minimum(squared, fromChosen));
          squared.clamp_min_(new Scalar(1e-12)); // so that there is always something to draw
        }
      }
    }
    return centres;
  }

  /// @param points [n, d]
  /// @param centres [k, d]
  static Assignment nearest(Tensor points, Tensor centres) {
    long n = points.size(0);
    Tensor centre = torch.zeros(new long[] {n}, new TensorOptions(ScalarType.Long));
    Tensor squared = zeros(n);
    try (PointerScope all = new PointerScope()) {
      Tensor norms = centres.square().sum(1).unsqueeze(0); // [1, k]
      Tensor across = centres.t();
      for (long from = 0; from < n; from += BLOCK) {
        try (PointerScope scope = new PointerScope()) {
          long count = Math.min(BLOCK, n - from);
          Tensor block = points.narrow(0, from, count);
          // ‖x − c‖² − ‖x‖²
          Tensor distances =
              torch.addmm(norms, block, across, new Scalar(1), new Scalar(-2)); // [count, k]
          T_TensorTensor_T least = torch.min(distances, 1, false);
          Tensor own = least.get0().add(block.square().sum(1)).clamp_min(new Scalar(0));
          squared.narrow(0, from, count).copy_(own);
          centre.narrow(0, from, count).copy_(least.get1());
        }
      }
    }
    return new Assignment(centre, squared);
  }

  /// The weighted mean of each centre's points. Centres that own nothing go to the points that are
  /// worst served.
  private static Tensor improved(Tensor points, Tensor weights, Assignment assignment, int k) {
    Tensor own = assignment.centre();
    Tensor sums = zeros(k, points.size(1));
    for (long from = 0; from < points.size(0); from += BLOCK) {
      try (PointerScope scope = new PointerScope()) {
        long count = Math.min(BLOCK, points.size(0) - from);
        Tensor weighted =
            points.narrow(0, from, count).mul(weights.narrow(0, from, count).unsqueeze(1));
        sums.index_add_(0, own.narrow(0, from, count), weighted);
      }
    }
    Tensor masses = zeros(k).index_add_(0, own, weights);
    Tensor means = sums.div_(masses.clamp_min(new Scalar(1e-12)).unsqueeze(1));
    Tensor idle = torch.nonzero(masses.eq(new Scalar(0))).squeeze(1);
    if (idle.size(0) > 0) {
      T_TensorTensor_T worst = torch.topk(assignment.squared().mul(weights), idle.size(0));
      means.index_copy_(0, idle, points.index_select(0, worst.get1()));
    }
    return means;
  }

  private static Tensor zeros(long... shape) {
    return torch.zeros(shape, new TensorOptions(ScalarType.Float));
  }
}
