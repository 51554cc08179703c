package ai.dimoo.server.job;

import java.time.Duration;

/// Why a job was not taken.
public final class JobRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Why.
  public enum Reason {
    /// The server is being stopped.
    STOPPING,
    /// All places in the queue are taken.
    FULL,
    /// The one who sent it has as many places as one may have.
    SHARE
  }

  private final Reason reason;
  private final Duration retryAfter;

  JobRefusedException(Reason reason, Duration retryAfter) {
    super("the job was not taken: " + reason, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /// Why.
  public Reason reason() {
    return reason;
  }

  /// In how long a place in the queue is likely to become free.
  public Duration retryAfter() {
    return retryAfter;
  }
}
