package ai.dimoo.server.exchange;

import java.time.Duration;

/// A part of the Java heap for what requests bring, counted before it is there: a full queue of
/// large requests would otherwise take more than there is. Thread-safe.
public final class HeapRoom {

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final long most;
  private final String name;
  private final String whatToDo;
  private long held;

  /// @param most bytes at once
  HeapRoom(long most, String name, String whatToDo) {
    this.most = most;
    this.name = name;
    this.whatToDo = whatToDo;
  }

  /// Room for input pictures once they are decoded: half of the heap.
  public static HeapRoom forPictures() {
    return new HeapRoom(heap() / 2, "pictures", "scale them down first");
  }

  /// Room for bodies as they came: an eighth of the heap. What is read from a body takes a few
  /// times its size.
  public static HeapRoom forBodies() {
    return new HeapRoom(heap() / 8, "bodies", "send less at once");
  }

  /// Bytes at once.
  public long most() {
    return most;
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  /// What one request holds, until it is closed.
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes the room for what a request brings.
  ///
  /// @throws Refusal if there is no room for it now, or never
  public synchronized Held hold(long bytes) {
    if (bytes > most) {
      throw Refusal.of(
          413,
          name + "_too_large",
          "The %s of the request take %d bytes of memory; at most %d are to be had: %s."
              .formatted(name, bytes, most, whatToDo));
    }
    if (bytes > most - held) {
      throw Refusal.later(
          429,
          name + "_waiting",
          "The %s of other requests fill the memory: try again in %d seconds."
              .formatted(name, RETRY.toSeconds()),
          RETRY);
    }
    held += bytes;
    return () -> release(bytes);
  }

  private synchronized void release(long bytes) {
    held -= bytes;
  }
}
