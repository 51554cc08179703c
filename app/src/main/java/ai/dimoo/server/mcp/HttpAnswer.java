package ai.dimoo.server.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Takes what the SDK sends in answer to one request: events go out at once, an answer that comes
/// whole is kept. To a client that has cancelled nothing is sent.
final class HttpAnswer implements McpStreamableServerTransport {

  private final McpJsonMapper json;
  private final HttpCall call;
  private @Nullable JSONRPCMessage whole;

  HttpAnswer(McpJsonMapper json, HttpCall call) {
    this.json = json;
    this.call = call;
  }

  /// The answer, where it comes whole and its client waits for it.
  @Nullable JSONRPCMessage whole() {
    return whole;
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message, @Nullable String id) {
    return Mono.fromRunnable(() -> take(message));
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return sendMessage(message, null);
  }

  private void take(JSONRPCMessage message) {
    if (call.cancelled()) {
      return;
    }
    if (!call.streams()) {
      whole = message instanceof JSONRPCResponse ? message : whole;
      return;
    }
    try {
      call.send(json.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return json.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
