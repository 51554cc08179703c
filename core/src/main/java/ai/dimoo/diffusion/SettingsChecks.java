package ai.dimoo.diffusion;

import ai.dimoo.error.UserException;

/// Refuses settings that are out of range, in one form of words.
final class SettingsChecks {

  private SettingsChecks() {}

  static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new UserException("The %s is %d, expected at least %d.".formatted(name, value, least));
    }
  }

  static void atLeast(double least, double value, String name) {
    if (!(value >= least) || Double.isInfinite(value)) {
      throw new UserException(
          "The %s is %s, expected a number of at least %s.".formatted(name, value, least));
    }
  }

  static void between(double least, double value, double most, String name) {
    if (!(value >= least && value <= most)) {
      throw new UserException(
          "The %s is %s, expected a number from %s to %s.".formatted(name, value, least, most));
    }
  }
}
