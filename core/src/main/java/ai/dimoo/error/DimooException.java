package ai.dimoo.error;

import org.jspecify.annotations.Nullable;

/// A failure that is explained to the user in one line: what is wrong, what was found, what was
/// expected and what to do. The message has the library's words; a front end has its own, see
/// {@link #in}. Any other exception that leaves this library is a bug in it.
public abstract sealed class DimooException extends RuntimeException
    permits UserException, EnvironmentException {

  private final transient Fault fault;

  DimooException(Fault fault, @Nullable Throwable cause) {
    super(fault.in(Wording.LIBRARY), cause);
    this.fault = fault;
  }

  /// What is wrong.
  public Fault fault() {
    return fault;
  }

  /// The message in a front end's words.
  public String in(Wording wording) {
    return fault.in(wording);
  }
}
