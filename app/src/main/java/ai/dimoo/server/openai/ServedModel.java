package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.Ask;
import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.ImageRequest;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.metrics.ServerMetrics;
import java.time.Instant;

/// The model behind the server.
///
/// @param name what clients call it
/// @param dimoo the model, which somebody else closes
/// @param queue what it has to do
/// @param limits what requests may take
/// @param since when the server began to serve it
/// @param metrics counts what it makes
/// @param pictureUrls gets the pictures that requests name by URL
public record ServedModel(
    String name,
    Dimoo dimoo,
    JobQueue queue,
    Limits limits,
    Instant since,
    ServerMetrics metrics,
    PictureUrls pictureUrls) {

  /// Makes a picture, and counts it. For the queue's thread.
  public GeneratedPicture generate(ImageRequest request, ProgressListener listener) {
    GeneratedPicture picture = dimoo.generate(request, counting(listener));
    metrics.made(picture);
    return picture;
  }

  /// Answers a question, and counts it. For the queue's thread.
  public Answer ask(Ask request, ProgressListener listener) {
    Answer answer = dimoo.ask(request, counting(listener));
    metrics.made(answer);
    return answer;
  }

  private ProgressListener counting(ProgressListener listener) {
    return new ProgressListener() {
      @Override
      public void onStep(Step step) {
        metrics.step();
        listener.onStep(step);
      }

      @Override
      public boolean cancelled() {
        return listener.cancelled();
      }
    };
  }
}
