package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.server.ClientConnection;
import ai.dimoo.server.EventStream;
import ai.dimoo.server.Refusal;
import ai.dimoo.server.RequestRecord;
import ai.dimoo.server.job.JobEvent;
import ai.dimoo.server.job.JobFollower;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// `/v1/images/…`: pictures, at once or as they form.
public final class ImagesApi {

  /// How often a waiting request looks whether its client is still there.
  private static final Duration LOOK = Duration.ofMillis(200);

  /// After so long without an event a stream says that it lives.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /// A client that closed the connection has so long to send its request again and find the job.
  private static final Duration RETRY = Duration.ofSeconds(3);

  private final ServedModel served;

  /// Pictures of a model.
  public ImagesApi(ServedModel served) {
    this.served = served;
  }

  /// `POST /v1/images/generations`
  public void generations(Context context) throws IOException, InterruptedException {
    PictureOrder order = GenerationOrder.read(Fields.of(context.bodyAsBytes()), served);
    answer(context, order, "image_generation");
  }

  /// `POST /v1/images/edits`
  public void edits(Context context) throws IOException, InterruptedException {
    PictureOrder order = EditOrder.read(EditInput.of(context, served), served);
    answer(context, order, "image_edit");
  }

  private void answer(Context context, PictureOrder order, String events)
      throws IOException, InterruptedException {
    RequestRecord record = RequestRecord.of(context);
    record.describe(order.requests(), served.dimoo().defaults());
    PictureAnswers answers = new PictureAnswers(order.form(), events);
    try (JobFollower<PictureProgress, List<GeneratedPicture>> follower = begin(context, order)) {
      record.follow(follower.job());
      if (order.form().stream()) {
        stream(context, follower, answers);
      } else {
        follower.graceForOthers(RETRY);
        await(context, follower, answers);
      }
    }
  }

  private JobFollower<PictureProgress, List<GeneratedPicture>> begin(
      Context context, PictureOrder order) {
    RequestRecord record = RequestRecord.of(context);
    String key = record.client() + " " + context.path() + " " + order.key();
    JobFollower<PictureProgress, List<GeneratedPicture>> running =
        served.queue().join(key, isRetry(context));
    return running != null
        ? running
        : served
            .queue()
            .submit(key, (progress, cancelled) -> order.make(served, progress, cancelled));
  }

  /// Whether the client says that it sends this request again; OpenAI's clients do.
  private static boolean isRetry(Context context) {
    String count = context.header("x-stainless-retry-count");
    return count != null && !count.equals("0");
  }

  private static void await(
      Context context,
      JobFollower<PictureProgress, List<GeneratedPicture>> follower,
      PictureAnswers answers)
      throws InterruptedException {
    ClientConnection connection = new ClientConnection(context);
    while (true) {
      switch (follower.next(LOOK)) {
        case JobEvent.Done<PictureProgress, List<GeneratedPicture>>(var pictures) -> {
          context
              .contentType("application/json")
              .result(answers.all(pictures).toString());
          return;
        }
        case JobEvent.Failed<PictureProgress, List<GeneratedPicture>>(var cause) ->
            throw ErrorAnswers.failure(cause);
        case JobEvent.Progressed<PictureProgress, List<GeneratedPicture>> _ -> {}
        case null -> {
          if (connection.gone()) {
            throw Refusal.of(499, "abandoned", "The client closed the connection.");
          }
        }
      }
    }
  }

  private static void stream(
      Context context,
      JobFollower<PictureProgress, List<GeneratedPicture>> follower,
      PictureAnswers answers)
      throws IOException, InterruptedException {
    EventStream out = new EventStream(context);
    while (true) {
      switch (follower.next(HEARTBEAT)) {
        case JobEvent.Progressed<PictureProgress, List<GeneratedPicture>>(
            PictureProgress.Stepped step) -> {
          if (step.preview() != null) {
            out.send(answers.partialName(), answers.partial(step));
          }
          if (answers.form().progress()) {
            out.send("dimoo.progress", PictureAnswers.step(step));
          } else if (step.preview() == null) {
            out.heartbeat(); // shows at each step whether the client is still there
          }
        }
        case JobEvent.Progressed<PictureProgress, List<GeneratedPicture>>(
            PictureProgress.Finished finished) ->
            out.send(answers.completedName(), answers.completed(finished.result()));
        case JobEvent.Done<PictureProgress, List<GeneratedPicture>> _ -> {
          return;
        }
        case JobEvent.Failed<PictureProgress, List<GeneratedPicture>>(var cause) -> {
          Refusal refusal = ErrorAnswers.refusal(cause);
          RequestRecord.of(context).refuse(refusal);
          out.send("error", ErrorAnswers.body(refusal));
          return;
        }
        case null -> out.heartbeat();
      }
    }
  }
}
