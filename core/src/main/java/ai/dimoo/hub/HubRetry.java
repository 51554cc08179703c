package ai.dimoo.hub;

import java.time.Duration;

/// How patient a download is.
///
/// @param attempts how often in a row something may fail without a byte gained
/// @param firstWait the wait after the first failure; it doubles with each further one
/// @param longestWait what it doubles up to
/// @param silence how long a connection may stay silent before it counts as broken
record HubRetry(int attempts, Duration firstWait, Duration longestWait, Duration silence) {

  static final HubRetry USUAL =
      new HubRetry(6, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /// The wait after this many failures in a row, 1 or more.
  Duration waitAfter(int failures) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
