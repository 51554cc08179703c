package ai.dimoo.error;

import org.jspecify.annotations.Nullable;

/// A failure that is explained to the user in one line: what is wrong, what was found, what was
/// expected and what to do. Any other exception that leaves this library is a bug in it.
public abstract sealed class DimooException extends RuntimeException
    permits UserException, EnvironmentException {

  DimooException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
