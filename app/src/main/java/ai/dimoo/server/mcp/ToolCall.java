package ai.dimoo.server.mcp;

import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.job.JobEvent;
import ai.dimoo.server.job.JobFollower;
import ai.dimoo.server.job.JobQueue;
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

  /// What a job tells of itself: so many steps are done.
  private record Steps(int done, int all) {}

  /// Has the queue's thread do something, and tells the client of each step, if it asked for that.
  ///
  /// @param times how often the work samples something
  /// @param work makes its listener anew for each of them
  /// @throws CancellationException if the client wants it no more
  <R> R run(
      JobQueue queue,
      McpSyncServerExchange exchange,
      CallToolRequest request,
      int times,
      Function<Listeners, R> work)
      throws Throwable {
    Duration spent = record == null ? Duration.ZERO : record.time();
    try (JobFollower<Steps, R> follower =
        queue.<Steps, R>submit(
            record == null ? name() : record.client(),
            id,
            name(),
            spent,
            (progress, gone) ->
                work.apply(index ->
                    new ProgressListener() {
                      @Override
                      public void onStep(Step step) {
                        progress.accept(
                            new Steps(index * step.steps() + step.step(), times * step.steps()));
                      }

                      @Override
                      public boolean cancelled() {
                        return gone.getAsBoolean();
                      }
                    }))) {
      if (record != null) {
        record.follow(follower.job());
      }
      while (true) {
        switch (follower.next(LOOK)) {
          case JobEvent.Done<Steps, R>(R result) -> {
            if (record != null) {
              record.made(result);
            }
            return result;
          }
          case JobEvent.Failed<Steps, R>(Throwable cause) -> throw cause;
          case JobEvent.Progressed<Steps, R>(Steps steps) -> tell(exchange, request, steps);
          case null -> {} // nothing has happened
        }
        waiting(); // also while steps come quickly
        if (cancelled()) {
          throw new CancellationException("the client cancelled the call");
        }
      }
    }
  }

  /// Gives the listener of what is sampled as the n-th, counted from 0.
  interface Listeners {
    ProgressListener listener(int index);
  }

  private static void tell(McpSyncServerExchange exchange, CallToolRequest request, Steps steps) {
    Object token = request.progressToken();
    if (token != null) {
      exchange.progressNotification(
          ProgressNotification.builder(token, steps.done())
              .total((double) steps.all())
              .message("step %d of %d".formatted(steps.done(), steps.all()))
              .build());
    }
  }
}
