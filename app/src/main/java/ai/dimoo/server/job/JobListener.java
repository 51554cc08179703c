package ai.dimoo.server.job;

/// Learns of the end of every job of a queue, before those who follow it do.
@FunctionalInterface
public interface JobListener {

  /// A job has ended; {@link Job#failure} says how. Returns at once and throws nothing.
  void ended(Job<?, ?> job);
}
