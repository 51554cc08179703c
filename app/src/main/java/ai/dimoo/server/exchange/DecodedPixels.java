package ai.dimoo.server.exchange;

import java.time.Duration;

/// The pixels of input pictures that lie decoded in memory, of all requests that wait or are worked
/// on: a full queue of large pictures would otherwise take more than there is. Thread-safe.
public final class DecodedPixels {

  private static final Duration RETRY = Duration.ofSeconds(5);

  /// Half of the heap, at four bytes a pixel.
  private static final long ROOM = Runtime.getRuntime().maxMemory() / 2 / 4;

  private final long most;
  private long held;

  /// @param most pixels at once
  DecodedPixels(long most) {
    this.most = most;
  }

  /// As many as half of the Java heap holds.
  public static DecodedPixels inHalfOfTheHeap() {
    return new DecodedPixels(ROOM);
  }

  /// The pixels of one request, until it is closed.
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes the room for a request's pictures, before they are decoded.
  ///
  /// @throws Refusal if there is no room for them now, or never
  public synchronized Held hold(long pixels) {
    if (pixels > most) {
      throw Refusal.of(
          413,
          "pictures_too_large",
          "The pictures have %d pixels together; at most %d are taken: scale them down first."
              .formatted(pixels, most));
    }
    if (pixels > most - held) {
      throw Refusal.later(
          429,
          "pictures_waiting",
          "Large pictures of other requests fill the memory: try again in %d seconds."
              .formatted(RETRY.toSeconds()),
          RETRY);
    }
    held += pixels;
    return () -> release(pixels);
  }

  private synchronized void release(long pixels) {
    held -= pixels;
  }
}
