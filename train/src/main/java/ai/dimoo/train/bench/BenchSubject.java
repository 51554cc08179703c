package ai.dimoo.train.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is measured.
public sealed interface BenchSubject {

  /// A checkpoint.
  ///
  /// @param directory its folder
  /// @param width pixels of the picture; null: the model's own
  /// @param height the same for the height
  record Saved(Path directory, @Nullable Integer width, @Nullable Integer height)
      implements BenchSubject {}

  /// Random weights.
  ///
  /// @param layers how many of the shape's layers, at least 1; the rest is extrapolated
  record Random(Shape shape, int layers) implements BenchSubject {}
}
