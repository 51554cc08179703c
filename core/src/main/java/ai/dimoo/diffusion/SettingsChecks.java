package ai.dimoo.diffusion;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;

/// Refuses settings that are out of range, in one form of words.
final class SettingsChecks {

  private SettingsChecks() {}

  static void atLeast(int least, int value, String field) {
    if (value < least) {
      throw new UserException(Fault.value(field, value, "a whole number of at least " + least));
    }
  }

  static void notNegative(double value, String field) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new UserException(Fault.value(field, value, "a number of at least 0"));
    }
  }

  static void share(double value, String field) {
    if (!(value >= 0 && value <= 1)) {
      throw new UserException(Fault.value(field, value, "a number from 0 to 1"));
    }
  }
}
