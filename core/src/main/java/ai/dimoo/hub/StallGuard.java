package ai.dimoo.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Closes a stream on which nothing has come for too long, so that the thread that reads it gets an
/// exception instead of waiting for ever: the HTTP client's own timeout ends with the headers.
final class StallGuard implements AutoCloseable {

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("download-stall-guard").factory());
  private volatile long lastSign = System.nanoTime();

  StallGuard(InputStream stream, Duration silence) {
    long limit = silence.toNanos();
    clock.scheduleWithFixedDelay(
        () -> {
          if (System.nanoTime() - lastSign > limit) {
            closeQuietly(stream);
          }
        },
        limit / 4,
        limit / 4,
        TimeUnit.NANOSECONDS);
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // The reader reports the broken connection.
    }
  }

  /// Something has come.
  void alive() {
    lastSign = System.nanoTime();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
