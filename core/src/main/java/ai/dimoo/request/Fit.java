package ai.dimoo.request;

import java.util.Locale;

/// How an input picture is brought to a size of the model's where it has another shape.
public enum Fit {
  /// Its middle fills the size; what lies beyond is not seen.
  CROP,
  /// All of it is seen, with bars of the colour of its edge beside it.
  PAD;

  /// Its name in JSON, such as `pad`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
