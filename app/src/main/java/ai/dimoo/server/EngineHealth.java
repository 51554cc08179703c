package ai.dimoo.server;

import ai.dimoo.error.DimooException;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.job.Job;
import ai.dimoo.server.job.JobEndedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether the engine still makes anything: it counts as failed when several jobs in a row failed
/// in a way that nobody foresaw, until one succeeds. Thread-safe.
final class EngineHealth {

  private static final int FAILURES = 3;

  private final AtomicInteger inARow = new AtomicInteger();

  /// A job has ended.
  void ended(Job<?, ?> job) {
    switch (job.failure()) {
      case null -> inARow.set(0);
      // the request's fault, or too little memory for it: says nothing of the next one
      case DimooException _ -> {}
      case Refusal _ -> {}
      case JobEndedException _ -> {}
      case CancellationException _ -> {}
      default -> inARow.incrementAndGet();
    }
  }

  /// Whether it has failed.
  boolean failed() {
    return inARow.get() >= FAILURES;
  }
}
