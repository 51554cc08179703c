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
  private final @Nullable BlockCache blocks;

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
        null,
        null);
  }

  private Branch(
      Columns columns,
      TokenIds prefix,
      Shared shared,
      TokenIds suffix,
      @Nullable MaxLogitCache cache,
      @Nullable ShortcutSteps shortcuts,
      @Nullable BlockCache blocks) {
    this.columns = columns;
    this.prefix = prefix;
    this.shared = shared;
    this.suffix = suffix;
    this.cache = cache;
    this.shortcuts = shortcuts;
    this.blocks = blocks;
  }

  /// A branch most of whose steps the shortcut network takes.
  ///
  /// @param rereads whether its prompt counts as new in every step: the conditional one's does
  static Branch withShortcuts(
      Columns columns, TokenIds prefix, Shared shared, ShortcutSchedule schedule, boolean rereads) {
    ShortcutSteps steps = new ShortcutSteps(schedule, rereads ? prefix.length() : 0);
    return new Branch(columns, prefix, shared, TokenIds.NONE, null, steps, null);
  }

  /// A branch of an answer of which most steps compute one block alone.
  static Branch withBlocks(Columns columns, TokenIds prefix, Shared shared, TokenIds suffix) {
    return new Branch(columns, prefix, shared, suffix, null, null, new BlockCache());
  }

  /// What a step needs computed.
  ///
  /// @param tokens the present conditional sequence
  /// @param positions [n] of the answer, by their place in the conditional sequence
  /// @param maskRatio tokens masked now / tokens masked at the start
  SequenceInput input(TokenIds tokens, int[] positions, int step, double maskRatio) {
    TokenIds sequence = sequence(tokens);
    if (cache != null) {
      return cache.input(sequence, step);
    }
    Computation computation =
        shortcuts == null
            ? new Computation.All(null)
            : shortcuts.computation(sequence, step, maskRatio);
    return new SequenceInput(sequence, computation, shifted(positions), NONE, columns);
  }

  /// What a step of an answer needs computed.
  ///
  /// @param tokens the present conditional sequence
  /// @param positions [n] of the block, by their place in the conditional sequence
  /// @param block by its place in the conditional sequence
  SequenceInput input(TokenIds tokens, int[] positions, int step, BlockCache.Block block) {
    return blocks == null
        ? input(tokens, positions, step, 1)
        : blocks.input(sequence(tokens), shifted(positions), block.shifted(shift()), columns);
  }

  private TokenIds sequence(TokenIds tokens) {
    return prefix.then(tokens.slice(shared.begin(), shared.end())).then(suffix);
  }

  /// The logits at the same positions: [n, columns]
  Tensor logits(int[] positions, SequenceOutput output) {
    return cache == null ? output.logits() : cache.logits(shifted(positions), output);
  }

  private int[] shifted(int[] positions) {
    int shift = shift();
    return Arrays.stream(positions).map(position -> position + shift).toArray();
  }

  /// By how much a position of the answer lies further on here than in the conditional sequence.
  private int shift() {
    return prefix.length() - shared.begin();
  }

  @Override
  public void close() {
    if (blocks != null) {
      blocks.close();
    }
    if (cache != null) {
      cache.close();
    }
    if (shortcuts != null) {
      shortcuts.close();
    }
  }
}
