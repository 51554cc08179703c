package ai.dimoo.server.openai;

import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Shown;
import ai.dimoo.error.UserException;

/// An adapter that requests can choose by the model's name, a plus and its name.
///
/// @param name 1 to 64 letters, digits and `._-`
/// @param choice its folder, and how much of it
public record NamedAdapter(String name, AdapterChoice choice) {

  /// @throws UserException if the name is not one
  public NamedAdapter {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new UserException(
          Fault.of(
                  "The adapter's name is %s; expected 1 to 64 letters, digits and ._-"
                      .formatted(Shown.text(name)))
              .in("name"));
    }
  }

  /// Reads `NAME=FOLDER` or `NAME=FOLDER:SCALE`.
  ///
  /// @throws UserException if it is neither
  public static NamedAdapter parse(String text) {
    String[] parts = text.split("=", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw new UserException(
          Fault.value("adapter", text, "NAME=DIR or NAME=DIR:SCALE, such as stars=runs/stars"));
    }
    return new NamedAdapter(parts[0], AdapterChoice.parse(parts[1]));
  }
}
