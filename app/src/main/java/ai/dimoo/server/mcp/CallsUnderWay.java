package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.Refusal;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The requests of a session that have no answer yet, by the ids that its client gave them. The SDK
/// has no word for a client that cancels one. Thread-safe.
final class CallsUnderWay {

  private static final String CANCELLED = "notifications/cancelled";

  private final Map<Object, ToolCall> calls = new ConcurrentHashMap<>();

  /// Stands for a call while it is under way.
  interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  /// @throws Refusal if a request of this id is under way
  Entry add(Object id, ToolCall call) {
    if (calls.putIfAbsent(id, call) != null) {
      throw Refusal.badRequest("id", "A request of this id is under way: give each its own.");
    }
    return () -> calls.remove(id, call);
  }

  /// Cancels the call that a notification is about.
  ///
  /// @return whether it is a notification of that kind; the call may have ended by then
  boolean cancelled(JSONRPCNotification notification) {
    if (!notification.method().equals(CANCELLED)) {
      return false;
    }
    if (notification.params() instanceof Map<?, ?> parameters
        && parameters.get("requestId") instanceof Object id
        && calls.get(id) instanceof ToolCall call) {
      call.cancel();
    }
    return true;
  }

  /// Whether the client cancelled a call that is under way.
  boolean wasCancelled(Object id) {
    ToolCall call = calls.get(id);
    return call != null && call.cancelled();
  }

  /// Cancels all.
  void cancelAll() {
    calls.values().forEach(ToolCall::cancel);
  }
}
