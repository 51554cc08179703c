package ai.dimoo.train.optim;

import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// One rank's shard of something that has a number for each number of the weights: an equal,
/// contiguous part of the flat tensor (ZeRO: Rajbhandari et al., arXiv 1910.02054). One process by
/// itself has all of it.
///
/// Not thread-safe. Owns its tensor: close it when training ends.
public final class Shard implements Kept, AutoCloseable {

  private final Parameters parameters;
  private final Tensor numbers; // [count / ranks]

  private Shard(Parameters parameters, Tensor numbers) {
    this.parameters = parameters;
    this.numbers = numbers.retainReference();
  }

  /// Zeros.
  ///
  /// @param parameters the weights, which stay the caller's to close
  public static Shard zeros(Parameters parameters) {
    try (PointerScope scope = new PointerScope()) {
      Tensor part = parameters.ranks().part(parameters.values());
      return new Shard(parameters, torch.zeros_like(part));
    }
  }

  /// Copies of the weights.
  public static Shard copy(Parameters parameters) {
    try (PointerScope scope = new PointerScope()) {
      return new Shard(parameters, parameters.ranks().part(parameters.values()).clone());
    }
  }

  /// This rank's: [count / ranks] float32
  public Tensor numbers() {
    return numbers;
  }

  /// Follows the weights as their exponential average: quickly at first, so that it does not
  /// remember the first, random ones.
  ///
  /// @param decay what stays of it in a step, once many were taken
  /// @param steps that were taken, this one among them
  public void follow(double decay, long steps) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      double before = steps - 1.0;
      double stays = Math.min(decay, (1 + before) / (10 + before));
      numbers.lerp_(parameters.ranks().part(parameters.values()), new Scalar(1 - stays));
    }
  }

  /// What of a weight lies in this rank's shard.
  ///
  /// @param here where in the shard it begins
  /// @param there where in the weight
  /// @param size how many numbers; 0 or less: nothing
  private record Overlap(long here, long there, long size) {}

  private Overlap overlap(String name) {
    long begin = parameters.ranks().rank() * numbers.numel();
    long offset = parameters.offset(name);
    long from = Math.max(begin, offset);
    long to = Math.min(begin + numbers.numel(), offset + parameters.named().get(name).numel());
    return new Overlap(from - begin, from - offset, to - from);
  }

  /// Adds to that of a weight what of it lies in this rank's shard.
  ///
  /// @param whole [numbers of the weight]
  void add(String name, Tensor whole) {
    Overlap overlap = overlap(name);
    if (overlap.size() > 0) {
      try (AutoGradMode noGrad = new AutoGradMode(false)) {
        part(overlap).add_(whole.narrow(0, overlap.there(), overlap.size()));
      }
    }
  }

  /// Sets that of a weight to zero.
  void zero(String name) {
    Overlap overlap = overlap(name);
    if (overlap.size() > 0) {
      part(overlap).zero_();
    }
  }

  private Tensor part(Overlap overlap) {
    return numbers.narrow(0, overlap.here(), overlap.size());
  }

  /// That of a weight, of its shape, in the caller's scope; a view where there is one rank.
  @Override
  public Tensor whole(String name) {
    Tensor weight = parameters.named().get(name);
    Overlap overlap = overlap(name);
    if (parameters.ranks().count() == 1) {
      return part(overlap).view(weight.sizes());
    }
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      Tensor whole = torch.zeros(new long[] {weight.numel()}, numbers.options());
      if (overlap.size() > 0) {
        whole.narrow(0, overlap.there(), overlap.size()).copy_(part(overlap));
      }
      parameters.ranks().sum(whole); // each number is zero on all ranks but one
      return whole.view(weight.sizes());
    }
  }

  @Override
  public Map<String, long[]> shapes() {
    return Kept.shapesOf(parameters.named());
  }

  @Override
  public void take(Function<String, Tensor> saved) {
    for (String name : parameters.named().keySet()) {
      Overlap overlap = overlap(name);
      if (overlap.size() > 0) {
        Tensor whole = saved.apply(name).flatten();
        part(overlap).copy_(whole.narrow(0, overlap.there(), overlap.size()));
      }
    }
  }

  @Override
  public void close() {
    numbers.close();
  }
}
