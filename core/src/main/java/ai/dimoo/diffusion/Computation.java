package ai.dimoo.diffusion;

import ai.dimoo.transformer.KeyValueCache;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How the features of a sequence's positions come about.
public sealed interface Computation {

  /// All of them.
  ///
  /// @param store what keeps their keys and values for later steps; null: nothing does
  record All(@Nullable KeyValueCache store) implements Computation {}

  /// Some of them, against what is stored of the others.
  ///
  /// @param store the keys and values of every position; takes in those that are computed
  /// @param positions ascending; not copied, nobody may write to it
  record Some(KeyValueCache store, int[] positions) implements Computation {}

  /// All of them, and their features are kept for the steps of the shortcut network.
  record AllKept(FeatureStore store) implements Computation {}

  /// None: the shortcut network predicts the features of all.
  ///
  /// @param store the features of the step before; takes in the predicted ones
  /// @param newPositions of the tokens that are new since then, ascending; not copied, nobody may
  ///   write to it
  /// @param maskRatio tokens masked now / tokens masked at the start
  record Shortcut(FeatureStore store, int[] newPositions, double maskRatio)
      implements Computation {}

  /// The positions whose features are there afterwards, ascending.
  ///
  /// @param length of the sequence
  default int[] positions(int length) {
    return switch (this) {
      case All all -> IntStream.range(0, length).toArray();
      case Some some -> some.positions();
      case AllKept all -> IntStream.range(0, length).toArray();
      case Shortcut shortcut -> IntStream.range(0, length).toArray();
    };
  }
}
