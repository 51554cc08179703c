package ai.dimoo.error;

import org.jspecify.annotations.Nullable;

/// The machine cannot do it now: no memory, a full disk, no network, no such device. The command
/// line exits with status 3, a server answers 503.
public final class EnvironmentException extends DimooException {

  /// @param message one line that names the thing, what was found, what was expected, what to do
  public EnvironmentException(String message) {
    this(message, null);
  }

  /// @param cause what made it fail, kept for the log
  public EnvironmentException(String message, @Nullable Throwable cause) {
    this(Fault.of(message), cause);
  }

  /// With a message that each front end words.
  public EnvironmentException(Fault fault) {
    this(fault, null);
  }

  /// @param cause what made it fail, kept for the log
  public EnvironmentException(Fault fault, @Nullable Throwable cause) {
    super(fault, cause);
  }
}
