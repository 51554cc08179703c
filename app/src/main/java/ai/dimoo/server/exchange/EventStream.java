package ai.dimoo.server.exchange;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Server-sent events as the answer to a request, each sent at once. Several threads may send.
public final class EventStream {

  private final OutputStream out;

  /// Begins the answer.
  public EventStream(Context context) throws IOException {
    context.res().setStatus(200);
    context.res().setContentType("text/event-stream; charset=utf-8");
    context.res().setHeader("Cache-Control", "no-cache");
    context.res().setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
    out = context.res().getOutputStream();
    out.flush();
  }

  /// Sends an event with a name.
  ///
  /// @throws IOException if the client has gone
  public void send(String event, JsonNode data) throws IOException {
    write("event: " + event + "\ndata: " + data + "\n\n");
  }

  /// Sends an event by whose id a client can say how far it has come.
  ///
  /// @param data in one line
  /// @throws IOException if the client has gone
  public void send(String id, String event, String data) throws IOException {
    write("id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n");
  }

  /// Sends an id alone, for a client that is cut off before the first event.
  ///
  /// @throws IOException if the client has gone
  public void sendId(String id) throws IOException {
    write("id: " + id + "\ndata:\n\n");
  }

  /// Sends an event with a name.
  ///
  /// @param data in one line
  /// @throws IOException if the client has gone
  public void send(String event, String data) throws IOException {
    write("event: " + event + "\ndata: " + data + "\n\n");
  }

  /// Sends an event without a name.
  ///
  /// @throws IOException if the client has gone
  public void send(JsonNode data) throws IOException {
    write("data: " + data + "\n\n");
  }

  /// Sends the word that ends a stream of chat.
  ///
  /// @throws IOException if the client has gone
  public void sendDone() throws IOException {
    write("data: [DONE]\n\n");
  }

  /// Sends what clients skip: it keeps proxies from giving up, and shows whether the client is
  /// still there.
  ///
  /// @throws IOException if the client has gone
  public void heartbeat() throws IOException {
    write(": still at work\n\n");
  }

  private synchronized void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
