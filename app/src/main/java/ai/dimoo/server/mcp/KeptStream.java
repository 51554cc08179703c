package ai.dimoo.server.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The events of one answer, kept so that a client whose connection broke can have the rest.
/// Thread-safe.
final class KeptStream {

  private final String name = UUID.randomUUID().toString();
  private final String session;
  private final List<String> events = new ArrayList<>();
  private long bytes;
  private boolean ended;
  private int readers = 1; // whoever asked
  private long alone;

  /// @param session nobody else's client may have it
  KeptStream(String session) {
    this.session = session;
  }

  String name() {
    return name;
  }

  boolean isOf(String other) {
    return session.equals(other);
  }

  /// The id of an event, counted from 1; of 0, where it begins.
  String id(int count) {
    return name + "/" + count;
  }

  /// Adds an event.
  ///
  /// @return its id
  synchronized String add(String data) {
    events.add(data);
    bytes += data.length();
    notifyAll();
    return id(events.size());
  }

  /// Nothing is added any more.
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized boolean ended() {
    return ended;
  }

  /// About how much memory it takes.
  synchronized long bytes() {
    return bytes;
  }

  /// One more client reads it.
  synchronized void join() {
    readers++;
  }

  /// A client that read it has gone.
  synchronized void leave() {
    readers--;
    alone = System.nanoTime();
  }

  /// Whether somebody reads it, or may come back to.
  ///
  /// @param time that they have for it
  synchronized boolean isAwaited(Duration time) {
    return readers > 0 || System.nanoTime() - alone < time.toNanos();
  }

  /// The event after so many; null: there is none within this time.
  synchronized @Nullable String after(int count, Duration time) throws InterruptedException {
    if (events.size() <= count && !ended) {
      wait(time.toMillis());
    }
    return count < events.size() ? events.get(count) : null;
  }

  /// Whether there is nothing after so many, nor will be.
  synchronized boolean isOver(int count) {
    return ended && events.size() <= count;
  }
}
