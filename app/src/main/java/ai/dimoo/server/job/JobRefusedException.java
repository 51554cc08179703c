package ai.dimoo.server.job;

import java.time.Duration;

/// Why a job was not taken.
public final class JobRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean stopping;
  private final Duration retryAfter;

  JobRefusedException(boolean stopping, Duration retryAfter) {
    super(stopping ? "the server is being stopped" : "the queue is full", null, false, false);
    this.stopping = stopping;
    this.retryAfter = retryAfter;
  }

  /// Whether the server is being stopped; else its queue is full.
  public boolean stopping() {
    return stopping;
  }

  /// In how long a place in the queue is likely to become free.
  public Duration retryAfter() {
    return retryAfter;
  }
}
