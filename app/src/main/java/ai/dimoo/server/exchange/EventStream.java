package ai.dimoo.server.exchange;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Server-sent events as the answer to a POST, each sent at once.
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

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
