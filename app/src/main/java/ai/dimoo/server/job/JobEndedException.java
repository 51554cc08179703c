package ai.dimoo.server.job;

/// Why a job ended before its work did.
public final class JobEndedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Why.
  public enum Reason {
    /// Nobody followed it any more.
    ABANDONED,
    /// It was not done in the time that a request may take.
    TIME_LIMIT,
    /// The server was being stopped.
    STOPPING
  }

  private final Reason reason;

  JobEndedException(Reason reason) {
    super("the job was ended: " + reason, null, false, false);
    this.reason = reason;
  }

  /// Why.
  public Reason reason() {
    return reason;
  }
}
