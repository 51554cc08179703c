package ai.dimoo.train.optim;

import ai.dimoo.train.parallel.Ranks;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
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
      return new Shard(parameters, torch.zeros_like(ranks(parameters).part(parameters.values())));
    }
  }

  /// Copies of the weights.
  public static Shard copy(Parameters parameters) {
    try (PointerScope scope = new PointerScope()) {
      return new Shard(parameters, ranks(parameters).part(parameters.values()).clone());
    }
  }

  private static Ranks ranks(Parameters parameters) {
    return parameters.ranks();
  }

  /// This rank's: [count / ranks] float32
  public Tensor numbers() {
    return numbers;
  }

  /// All ranks' together, by the weights' names, in the caller's scope; views of the shard where
  /// there is one rank. All ranks ask at once.
  @Override
  public SequencedMap<String, Tensor> whole() {
    Ranks ranks = parameters.ranks();
    if (ranks.count() == 1) {
      return parameters.views(numbers);
    }
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      Tensor whole = torch.zeros_like(parameters.values());
      ranks.part(whole).copy_(numbers);
      ranks.gather(whole);
      return parameters.views(whole);
    }
  }

  @Override
  public Map<String, long[]> shapes() {
    return Kept.shapesOf(parameters.named());
  }

  @Override
  public void take(Function<String, Tensor> saved) {
    long begin = parameters.ranks().rank() * numbers.numel();
    long end = begin + numbers.numel();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : parameters.named().entrySet()) {
      long size = entry.getValue().numel();
      long from = Math.max(begin, offset);
      long to = Math.min(end, offset + size);
      if (from < to) {
        Tensor flat = saved.apply(entry.getKey()).flatten();
        numbers.narrow(0, from - begin, to - from).copy_(flat.narrow(0, from - offset, to - from));
      }
      offset += size;
    }
  }

  @Override
  public void close() {
    numbers.close();
  }
}
