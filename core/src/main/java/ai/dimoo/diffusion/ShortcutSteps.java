package ai.dimoo.diffusion;

import ai.dimoo.sequence.TokenIds;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How one sequence is computed in a run most of whose steps the shortcut network takes.
///
/// Not thread-safe. Close it when the run ends.
final class ShortcutSteps implements AutoCloseable {

  private final ShortcutSchedule schedule;
  private final int prompt;
  private final FeatureStore store = new FeatureStore();
  private @Nullable TokenIds before;

  /// @param prompt so many tokens from the first on always count as new: those of the conditional
  ///   sequence before its answer
  ShortcutSteps(ShortcutSchedule schedule, int prompt) {
    this.schedule = schedule;
    this.prompt = prompt;
  }

  /// How a step computes the present sequence.
  ///
  /// @param maskRatio tokens masked now / tokens masked at the start
  Computation computation(TokenIds ids, int step, double maskRatio) {
    TokenIds previous = before;
    before = ids;
    if (previous == null || schedule.isFull(step)) {
      return new Computation.AllKept(store);
    }
    return new Computation.Shortcut(store, newPositions(ids, previous, prompt), maskRatio);
  }

  /// Where the tokens stand that the network is told of.
  ///
  /// @param ids the present sequence
  /// @param previous the same sequence a step ago
  /// @param prompt so many tokens from the first on always count as new
  static int[] newPositions(TokenIds ids, TokenIds previous, int prompt) {
    return IntStream.range(0, ids.length())
        .filter(i -> i < prompt || ids.at(i) != previous.at(i))
        .toArray();
  }

  @Override
  public void close() {
    store.close();
  }
}
