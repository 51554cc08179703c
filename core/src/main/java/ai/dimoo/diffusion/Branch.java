package ai.dimoo.diffusion;

import ai.dimoo.diffusion.MaxLogitCache.Columns;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.torch.TensorArrays;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One of the sequences that a step gives to the model: the conditional one, or one that guidance
/// compares it with. They share the answer and differ in what stands round it.
///
/// Not thread-safe. Close it when the run ends.
final class Branch implements AutoCloseable {

  private final MaskPredictor predictor;
  private final Columns columns;
  private final TokenIds prefix;
  private final Shared shared;
  private final TokenIds suffix;
  private final @Nullable MaxLogitCache cache;

  /// The part of the conditional sequence that all branches share: begin … end − 1.
  record Shared(int begin, int end) {}

  /// @param prefix what stands before the answer in this branch
  /// @param shared what is the same in all branches, by its place in the conditional sequence
  /// @param suffix what stands behind the answer in this branch
  /// @param settings of the cache; null: compute every position in every step
  /// @param steps of the whole run
  Branch(
      MaskPredictor predictor,
      Columns columns,
      TokenIds prefix,
      Shared shared,
      TokenIds suffix,
      @Nullable CacheSettings settings,
      int steps) {
    this.predictor = predictor;
    this.columns = columns;
    this.prefix = prefix;
    this.shared = shared;
    this.suffix = suffix;
    this.cache =
        settings == null
            ? null
            : new MaxLogitCache(settings, steps, predictor, columns, prefix.length());
  }

  /// The logits at some positions of the answer.
  ///
  /// @param tokens the present conditional sequence
  /// @param positions [n] in the conditional sequence
  /// @return [n, columns]
  Tensor logits(TokenIds tokens, int[] positions, int step) {
    int[] sequence = sequence(tokens);
    int shift = prefix.length() - shared.begin();
    int[] shifted = Arrays.stream(positions).map(position -> position + shift).toArray();
    Tensor ids = TensorArrays.int64(sequence, predictor.device());
    Tensor rows = TensorArrays.int64(shifted, predictor.device());
    if (cache != null) {
      return cache.logits(ids, rows, step);
    }
    Tensor hidden = predictor.hidden(ids).index_select(0, rows);
    return predictor.logits(hidden, columns.from(), columns.to());
  }

  /// The positions of this branch's sequence that the last step computed, ascending.
  int[] computed() {
    int length = prefix.length() + shared.end() - shared.begin() + suffix.length();
    return cache == null ? IntStream.range(0, length).toArray() : cache.computed();
  }

  private int[] sequence(TokenIds tokens) {
    return prefix.then(tokens.slice(shared.begin(), shared.end())).then(suffix).toArray();
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }
}
