package ai.dimoo.server.mcp;

import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.job.JobEvent;
import ai.dimoo.server.job.JobFollower;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.job.JobRequest;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A call of a tool: whoever takes it from a client makes one, and the tool finds it again by the
/// SDK's transport context. May be cancelled from any thread.
class ToolCall {

  private static final String KEY = "ai.dimoo.call";

  /// How often a call that waits looks whether its client is still there.
  private static final Duration LOOK = Duration.ofMillis(200);

  private final @Nullable RequestRecord record;
  private final String id = UUID.randomUUID().toString();
  private volatile boolean cancelled;

  /// @param record of the HTTP request that it came in; null: it came in none
  ToolCall(@Nullable RequestRecord record) {
    this.record = record;
  }

  /// The call that is being answered.
  static ToolCall of(McpSyncServerExchange exchange) {
    return (ToolCall) exchange.transportContext().get(KEY);
  }

  /// What the SDK hands on to the tool.
  McpTransportContext context() {
    return McpTransportContext.create(Map.of(KEY, this));
  }

  /// The client wants it no more.
  void cancel() {
    cancelled = true;
  }

  /// Whether the client wants it no more, or has gone: then it gets no answer.
  boolean cancelled() {
    return cancelled;
  }

  /// Called now and then while the call is at work.
  void waiting() {}

  /// Its name for the log.
  String name() {
    return record == null ? "call " + id : record.id();
  }

  /// Of the HTTP request that it came in; null: it came in none.
  @Nullable RequestRecord record() {
    return record;
  }

  /// Whether the server has logged why it failed, as it does of jobs.
  boolean failureIsLogged() {
    return record != null && record.job() != null && record.job().failure() != null;
  }

  /// How far a job is: so many steps are done.
  record Steps(int done, int all) {}

  /// Has the queue make something, and tells the client of each step, if it asked for that.
  ///
  /// @param steps how far the job is, by what it tells on the way; null: that says nothing of it
  /// @throws CancellationException if the client wants it no more
  <P, R> R run(
      JobQueue queue,
      McpSyncServerExchange exchange,
      CallToolRequest request,
      JobRequest<P, R> job,
      Function<P, @Nullable Steps> steps)
      throws Throwable {
    Duration spent = record == null ? Duration.ZERO : record.time();
    String client = record == null ? name() : record.client();
    try (JobFollower<P, R> follower = queue.submit(client, id, name(), spent, job)) {
      if (record != null) {
        record.follow(follower.job());
      }
      while (true) {
        switch (follower.next(LOOK)) {
          case JobEvent.Done<P, R>(R result) -> {
            if (record != null) {
              record.made(result);
            }
            return result;
          }
          case JobEvent.Failed<P, R>(Throwable cause) -> throw cause;
          case JobEvent.Progressed<P, R>(P progress) ->
              tell(exchange, request, steps.apply(progress));
          case null -> {} // nothing has happened
        }
        waiting(); // also while steps come quickly
        if (cancelled()) {
          throw new CancellationException("the client cancelled the call");
        }
      }
    }
  }

  private static void tell(
      McpSyncServerExchange exchange, CallToolRequest request, @Nullable Steps steps) {
    Object token = request.progressToken();
    if (token != null && steps != null) {
      exchange.progressNotification(
          ProgressNotification.builder(token, steps.done())
              .total((double) steps.all())
              .message("step %d of %d".formatted(steps.done(), steps.all()))
              .build());
    }
  }
}
