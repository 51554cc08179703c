package ai.dimoo.train.bench;

import ai.dimoo.ModelOptions;
import ai.dimoo.error.UserException;

/// How it is measured.
///
/// @param model on what is computed, and in which number format
/// @param steps of each run, at least 1
/// @param repeats of each measurement, at least 1, of which the median counts
public record BenchSettings(ModelOptions model, int steps, int repeats) {

  /// @throws UserException if a value is out of range
  public BenchSettings {
    atLeastOne("steps", steps);
    atLeastOne("repeats", repeats);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new UserException(
          "The number of %s is %d, expected at least 1.".formatted(name, value));
    }
  }
}
