package ai.dimoo.server.job;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What a job is to make: a value that says everything about it, and how it is made on a thread of
/// the queue.
///
/// @param <P> progress of the job
/// @param <R> result of the job
@FunctionalInterface
public interface JobRequest<P, R> {

  /// Makes it.
  ///
  /// @param progress takes what followers are told on the way; returns at once
  /// @param cancelled asked before every step; once true, it ends with a {@link
  ///   java.util.concurrent.CancellationException}
  R make(Consumer<P> progress, BooleanSupplier cancelled) throws Exception;
}
