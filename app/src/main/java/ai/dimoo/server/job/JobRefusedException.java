package ai.dimoo.server.job;

/// Why a job was not taken.
public final class JobRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean stopping;

  JobRefusedException(boolean stopping) {
    super(stopping ? "the server is being stopped" : "the queue is full", null, false, false);
    this.stopping = stopping;
  }

  /// Whether the server is being stopped; else its queue is full.
  public boolean stopping() {
    return stopping;
  }
}
