package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.EventStream;
import java.io.IOException;
import tools.jackson.databind.node.JsonNodeFactory;

/// The event that tells a stream its place in the queue, where the client asked for progress.
final class QueuedEvent {

  private static final String NAME = "dimoo.queued";

  private QueuedEvent() {}

  /// @param progress whether the client asked for it; others get what they skip
  /// @param before requests that come first; 0: its turn has come
  static void send(EventStream out, boolean progress, int before) throws IOException {
    if (progress) {
      out.send(NAME, JsonNodeFactory.instance.objectNode().put("type", NAME).put("before", before));
    } else {
      out.heartbeat();
    }
  }
}
