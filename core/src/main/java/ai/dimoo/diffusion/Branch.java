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
  private final @Nullable ShortcutSteps shortcuts;

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
    this(
        columns,
        prefix,
        shared,
        suffix,
        settings == null ? null : new MaxLogitCache(settings, steps, columns, prefix.length()),
        null);
  }

  private Branch(
      Columns columns,
      TokenIds prefix,
      Shared shared,
      TokenIds suffix,
      @Nullable MaxLogitCache cache,
      @Nullable ShortcutSteps shortcuts) {
    this.columns = columns;
    this.prefix = prefix;
    this.shared = shared;
    this.suffix = suffix;
    this.cache = cache;
    this.shortcuts = shortcuts;
  }

  /// A branch most of whose steps the shortcut network takes.
  ///
  /// @param rereads whether its prompt counts as new in every step: the conditional one's does
  static Branch withShortcuts(
      Columns columns, TokenIds prefix, Shared shared, ShortcutSchedule schedule, boolean rereads) {
    ShortcutSteps steps = new ShortcutSteps(schedule, rereads ? prefix.length() : 0);
    return new Branch(columns, prefix, shared, TokenIds.NONE, null, steps);
  }

  /// What a step needs computed.
  ///
  /// @param tokens the present conditional sequence
  /// @param positions [n] of the answer, by their place in the conditional sequence
  /// @param maskRatio tokens masked now / tokens masked at the start
  SequenceInput input(TokenIds tokens, int[] positions, int step, double maskRatio) {
    TokenIds sequence = prefix.then(tokens.slice(shared.begin(), shared.end())).then(suffix);
    if (cache != null) {
      return cache.input(sequence, step);
    }
    Computation computation =
        shortcuts == null
            ? new Computation.All(null)
            : shortcuts.computation(sequence, step, maskRatio);
    return new SequenceInput(sequence, computation, shifted(positions), NONE, columns);
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
    if (shortcuts != null) {
      shortcuts.close();
    }
  }
}
