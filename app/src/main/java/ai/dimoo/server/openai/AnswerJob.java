package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.AnswerStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.request.Ask;
import ai.dimoo.server.job.JobRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A question that a model is to answer for a client.
///
/// @param served the model
/// @param request its seed drawn
/// @param told whether the client is told of the steps
record AnswerJob(ServedModel served, Ask request, boolean told)
    implements JobRequest<AnswerProgress, Answer> {

  @Override
  public Answer make(Consumer<AnswerProgress> progress, BooleanSupplier cancelled) {
    try (ModelUses.Use use = served.uses().begin()) {
      Answer answer = served.dimoo().ask(request, listener(progress, cancelled));
      served.metrics().made(answer);
      return answer;
    }
  }

  private ProgressListener listener(Consumer<AnswerProgress> progress, BooleanSupplier cancelled) {
    return ProgressListener.of(
        step -> {
          served.metrics().step();
          if (told && step instanceof AnswerStep present) {
            progress.accept(
                new AnswerProgress(present.step(), present.steps(), present.settledText()));
          }
        },
        cancelled);
  }
}
