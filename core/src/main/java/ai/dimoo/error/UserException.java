package ai.dimoo.error;

import org.jspecify.annotations.Nullable;

/// The request, an option or a file is not usable; the caller can mend it. The command line exits
/// with status 2, a server answers 400.
public final class UserException extends DimooException {

  /// @param message one line that names the thing, what was found, what was expected, what to do
  public UserException(String message) {
    this(message, null);
  }

  /// @param cause what made it fail, kept for the log
  public UserException(String message, @Nullable Throwable cause) {
    this(Fault.of(message), cause);
  }

  /// With a message that each front end words.
  public UserException(Fault fault) {
    this(fault, null);
  }

  /// @param cause what made it fail, kept for the log
  public UserException(Fault fault, @Nullable Throwable cause) {
    super(fault, cause);
  }
}
