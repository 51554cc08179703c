package ai.dimoo.server.job;

/// What a follower of a job is told.
///
/// @param <P> progress of the job
/// @param <R> result of the job
public sealed interface JobEvent<P, R> {

  /// Something on the way.
  record Progressed<P, R>(P progress) implements JobEvent<P, R> {}

  /// The end, as it should be. Nothing follows.
  record Done<P, R>(R result) implements JobEvent<P, R> {}

  /// The end, without a result. Nothing follows.
  record Failed<P, R>(Throwable cause) implements JobEvent<P, R> {}
}
