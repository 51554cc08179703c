package ai.dimoo.request;

import java.util.Locale;

/// How much quality a request gives for time. What each of them stands for depends on the model,
/// see {@link ai.dimoo.SpeedPresets}.
public enum Speed {
  /// Nothing: the model's usual settings.
  EXACT,
  /// Little.
  BALANCED,
  /// More.
  FAST;

  /// Its name in JSON, such as `balanced`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
