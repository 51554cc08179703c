package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One of the sequences that a step gives to the model: the conditional one, or one that guidance
/// compares it with. They share the answer and differ in what stands round it.
///
/// Not thread-safe. Close it when the run ends.
final class Branch implements AutoCloseable {

  private static final int[] NONE = {};

  private final Columns columns;
  private final TokenIds prefix;
  private final Shared shared;
  private final TokenIds suffix;
  private final @Nullable MaxLogitCache cache;

  /// The part of the conditional sequence that all branches share: begin … end − 1.
  record Shared(int begin, int end) {}

  /// @param columns of the logits that are read
  /// @param prefix what stands before the answer in this branch
  /// @param shared what is the same in all branches, by its place in the conditional sequence
  /// @param suffix what stands behind the answer in this branch
  /// @param settings of the cache; null: compute every position in every step
  /// @param steps of the whole run
  Branch(
      Columns columns,
      TokenIds prefix,
      Shared shared,
      TokenIds suffix,
      @Nullable CacheSettings settings,
      int steps) {
    this.columns = columns;
    this.prefix = prefix;
    this.shared = shared;
    this.suffix = suffix;
    this.cache =
        settings == null ? null : new MaxLogitCache(settings, steps, columns, prefix.length());
  }

  /// What a step needs computed.
  ///
  /// @param tokens the present conditional sequence
  /// @param positions [n] of the answer, by their place in the conditional sequence
  SequenceInput input(TokenIds tokens, int[] positions, int step) {
    TokenIds sequence = prefix.then(tokens.slice(shared.begin(), shared.end())).then(suffix);
    return cache == null
        ? new SequenceInput(sequence, new Computation.All(null), shifted(positions), NONE, columns)
        : cache.input(sequence, step);
  }

  /// The logits at the same positions: [n, columns]
  Tensor logits(int[] positions, SequenceOutput output) {
    return cache == null ? output.logits() : cache.logits(shifted(positions), output);
  }

  private int[] shifted(int[] positions) {
    int shift = prefix.length() - shared.begin();
    return Arrays.stream(positions).map(position -> position + shift).toArray();
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }
}
