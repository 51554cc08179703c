package ai.dimoo.adapter;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.Locale;

/// An adapter to use, and how much of it.
///
/// @param folder of the adapter
/// @param scale 1 as it was trained, 0 not at all; may be negative
public record AdapterChoice(Path folder, double scale) {

  /// The name of the field in requests' and users' words.
  static final String FIELD = "lora";

  /// @throws UserException if the scale is not finite
  public AdapterChoice {
    if (!Double.isFinite(scale)) {
      throw new UserException(Fault.value(FIELD, scale, "a folder and a finite scale"));
    }
  }

  /// Reads `FOLDER` or `FOLDER:SCALE`.
  ///
  /// @throws UserException if it is empty, or what follows the last colon is no finite scale
  public static AdapterChoice parse(String text) {
    if (text.isBlank()) {
      throw new UserException(Fault.value(FIELD, "empty", "a folder"));
    }
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      try {
        return new AdapterChoice(
            Path.of(text.substring(0, colon)), Double.parseDouble(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        // the colon belongs to the path
      }
    }
    return new AdapterChoice(Path.of(text), 1);
  }

  @Override
  public String toString() {
    return scale == 1 ? folder.toString() : String.format(Locale.ROOT, "%s:%s", folder, scale);
  }
}
