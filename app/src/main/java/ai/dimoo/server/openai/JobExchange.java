package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.ClientConnection;
import ai.dimoo.server.exchange.EventStream;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.job.JobEvent;
import ai.dimoo.server.job.JobFollower;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.job.JobRequest;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A request and the job that answers it: begins the job, or joins the one of the same request sent
/// before, and follows it until the answer is sent or the client has gone. Belongs to the request's
/// thread; whoever began it closes it.
///
/// @param <P> progress of the job
/// @param <R> result of the job
public final class JobExchange<P, R> implements AutoCloseable {

  /// How often a waiting request looks whether its client is still there.
  private static final Duration LOOK = Duration.ofMillis(200);

  /// After so long without an event a stream says that it lives.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /// How often a stream that waits looks how many are before it.
  private static final Duration LOOK_AHEAD = Duration.ofSeconds(1);

  /// What a stream sends of a job.
  interface Events<P, R> {

    /// The stream begins.
    default void begun(EventStream out) throws IOException {}

    /// It waits: so many jobs come before it; 0: its turn has come. Told where that changes, and
    /// not of a job that begins at once.
    default void waiting(EventStream out, int before) throws IOException {
      out.heartbeat();
    }

    /// Something on the way. Sends something, a heartbeat at least: it shows at each step whether
    /// the client is still there.
    void progressed(EventStream out, P progress) throws IOException;

    /// The end, as it should be.
    void done(EventStream out, R result) throws IOException;
  }

  private final Context context;
  private final JobFollower<P, R> follower;
  private final JobQueue queue;

  private JobExchange(Context context, JobFollower<P, R> follower, JobQueue queue) {
    this.context = context;
    this.follower = follower;
    this.queue = queue;
  }

  /// Begins or joins the job of a request.
  ///
  /// @param order the same for the same request to the same path
  public static <P, R> JobExchange<P, R> begin(
      Context context, JobQueue queue, String order, JobRequest<P, R> request) {
    RequestRecord record = RequestRecord.of(context);
    String key = record.client() + " " + context.path() + " " + order;
    JobFollower<P, R> running = queue.join(key, isRetry(context));
    JobFollower<P, R> follower =
        running != null
            ? running
            : queue.submit(record.client(), key, record.id(), record.time(), request);
    record.follow(follower.job());
    return new JobExchange<>(context, follower, queue);
  }

  /// Whether the client says that it sends this request again; OpenAI's clients do.
  private static boolean isRetry(Context context) {
    String count = context.header("x-stainless-retry-count");
    return count != null && !count.equals("0");
  }

  /// Answers with the result when it is there.
  public void answer(Function<R, JsonNode> form) throws InterruptedException {
    answer(form, progress -> {});
  }

  /// Answers with the result when it is there.
  ///
  /// @param onTheWay is given what the job tells before
  public void answer(Function<R, JsonNode> form, Consumer<P> onTheWay) throws InterruptedException {
    follower.graceForOthers(queue.retryTime());
    ClientConnection connection = new ClientConnection(context);
    while (true) {
      switch (follower.next(LOOK)) {
        case JobEvent.Done<P, R>(R result) -> {
          RequestRecord.of(context).made(result);
          requireThere(connection); // else the result is kept for the next attempt
          context.contentType("application/json").result(form.apply(result).toString());
          follower.graceForOthers(Duration.ZERO);
          return;
        }
        case JobEvent.Failed<P, R>(Throwable cause) -> throw ErrorAnswers.failure(cause);
        case JobEvent.Progressed<P, R>(P progress) -> {
          onTheWay.accept(progress);
          requireThere(connection);
        }
        case null -> requireThere(connection);
      }
    }
  }

  private static void requireThere(ClientConnection connection) {
    if (connection.gone()) {
      throw Refusal.abandoned();
    }
  }

  /// Answers with events while the job is done. A failure is the last event then.
  void stream(Events<P, R> events) throws IOException, InterruptedException {
    try {
      send(events);
    } catch (IOException e) { // sending fails when the client has gone
      RequestRecord.of(context).refuse(Refusal.abandoned());
      throw e;
    }
  }

  private void send(Events<P, R> events) throws IOException, InterruptedException {
    EventStream out = new EventStream(context);
    events.begun(out);
    int before = 0;
    while (true) {
      int ahead = queue.before(follower.job());
      if (ahead != before) {
        before = ahead;
        events.waiting(out, before);
      }
      switch (follower.next(before > 0 ? LOOK_AHEAD : HEARTBEAT)) {
        case JobEvent.Progressed<P, R>(P progress) -> {
          before = 0;
          events.progressed(out, progress);
        }
        case JobEvent.Done<P, R>(R result) -> {
          RequestRecord.of(context).made(result);
          events.done(out, result);
          return;
        }
        case JobEvent.Failed<P, R>(Throwable cause) -> {
          Refusal refusal = ErrorAnswers.refusal(cause);
          RequestRecord.of(context).refuse(refusal);
          out.send("error", ErrorAnswers.body(refusal));
          return;
        }
        case null -> out.heartbeat();
      }
    }
  }

  /// Follows the job no more.
  @Override
  public void close() {
    follower.close();
  }
}
