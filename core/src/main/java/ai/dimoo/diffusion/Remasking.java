package ai.dimoo.diffusion;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.util.Locale;

/// Which of a step's predictions are masked again (LLaDA's option `remasking`).
public enum Remasking {
  /// Those that the model is least sure of, as far as the noise of the choice lets them be seen.
  /// What is sure by itself, a background, is decided first.
  LOW_CONFIDENCE,
  /// Any. The order says nothing of the picture then, as the order in which training hides tokens
  /// does not.
  RANDOM;

  /// The kind of this name.
  ///
  /// @throws UserException if there is none
  public static Remasking named(String name) {
    for (Remasking remasking : values()) {
      if (remasking.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return remasking;
      }
    }
    throw new UserException(Fault.value("remasking", name, "low_confidence or random"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
