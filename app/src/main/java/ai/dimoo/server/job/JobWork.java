package ai.dimoo.server.job;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What a job does on the queue's thread.
///
/// @param <P> progress of the job
/// @param <R> result of the job
@FunctionalInterface
public interface JobWork<P, R> {

  /// Does it.
  ///
  /// @param progress takes what followers are told on the way; returns at once
  /// @param cancelled asked before every step; once true, the work ends with a {@link
  ///   java.util.concurrent.CancellationException}
  R run(Consumer<P> progress, BooleanSupplier cancelled) throws Exception;
}
