package ai.dimoo.request;

import java.util.Locale;

/// What is done where a picture is asked for in a size that the model was not trained for.
public enum UntrainedSize {

  /// It is made at the nearest size and shape that the model was trained for, and resized.
  RESIZE,

  /// It is refused.
  STRICT,

  /// It is made at that size, whatever comes of it.
  FORCE;

  /// The name of the field in JSON; the option is `--untrained-size`.
  public static final String FIELD = "untrained_size";

  /// As users spell it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
