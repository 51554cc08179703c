package ai.dimoo.app;

import ai.dimoo.error.UserException;

/// The `--seed` of what is repeated by it: measurements, trainings and their data. Where pictures
/// are made, -1 is a new one each time.
final class RepeatedSeed {

  private RepeatedSeed() {}

  /// @throws UserException if it is below 0
  static void require(long seed) {
    if (seed < 0) {
      throw new UserException(
          "--seed is %d, expected 0 or more: this is repeated by its seed, so -1 does not draw a new one here."
              .formatted(seed));
    }
  }
}
