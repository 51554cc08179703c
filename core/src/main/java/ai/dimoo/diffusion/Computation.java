package ai.dimoo.diffusion;

import ai.dimoo.transformer.KeyValueCache;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which positions of a sequence go through the transformer.
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

  /// The positions that are computed, ascending.
  ///
  /// @param length of the sequence
  default int[] positions(int length) {
    return switch (this) {
      case All all -> IntStream.range(0, length).toArray();
      case Some some -> some.positions();
    };
  }
}
