package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.ClientConnection;
import ai.dimoo.server.exchange.EventStream;
import ai.dimoo.server.exchange.RequestRecord;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request whose client may go away, and come back for the rest of an answer that is kept.
/// Belongs to the request's thread.
final class HttpCall extends ToolCall {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final String MESSAGE = "message";

  private final ClientConnection connection;
  private final Duration returning;
  private @Nullable EventStream events;
  private @Nullable KeptStream kept;
  private long heard = System.nanoTime();
  private boolean gone;

  /// @param returning the time that a client has to come back
  HttpCall(Context context, Duration returning) {
    super(RequestRecord.of(context));
    connection = new ClientConnection(context);
    this.returning = returning;
  }

  /// Its answer comes as events from now on.
  ///
  /// @param keep keeps them; null: they are of use to nobody later
  void stream(EventStream out, @Nullable KeptStream keep) {
    events = out;
    kept = keep;
  }

  /// Whether its answer comes as events.
  boolean streams() {
    return events != null;
  }

  /// Sends an event.
  ///
  /// @param message in one line
  void send(String message) {
    String id = kept == null ? null : kept.add(message);
    write(out -> {
      if (id == null) {
        out.send(MESSAGE, message);
      } else {
        out.send(id, MESSAGE, message);
      }
    });
  }

  /// Sends an event that is kept already.
  void send(String id, String message) {
    write(out -> out.send(id, MESSAGE, message));
  }

  /// Tells the client an id by which it can come back before the first event.
  void prime(String id) {
    write(out -> out.sendId(id));
  }

  private interface Writing {
    void to(EventStream out) throws IOException;
  }

  private void write(Writing writing) {
    if (events == null || gone) {
      return;
    }
    try {
      writing.to(events);
      heard = System.nanoTime();
    } catch (IOException | UncheckedIOException e) {
      left();
    }
  }

  /// Whether the client has gone.
  boolean gone() {
    if (!gone && connection.gone()) {
      left();
    } else if (!gone && System.nanoTime() - heard > HEARTBEAT.toNanos()) {
      write(EventStream::heartbeat);
    }
    return gone;
  }

  private void left() {
    gone = true;
    if (kept != null) {
      kept.leave();
    }
  }

  @Override
  void waiting() {
    if (gone() && (kept == null || !kept.isAwaited(returning))) {
      cancel();
    }
  }
}
