package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.PictureStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.server.job.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Pictures that a model is to make for a client, one after another.
///
/// @param served the model
/// @param requests one a picture, each with its seed
/// @param steps what the client is shown of them as they form
record PictureJob(ServedModel served, List<? extends ImageRequest> requests, ShownSteps steps)
    implements JobRequest<PictureProgress, List<GeneratedPicture>> {

  @Override
  public List<GeneratedPicture> make(
      Consumer<PictureProgress> progress, BooleanSupplier cancelled) {
    List<GeneratedPicture> pictures = new ArrayList<>();
    try (ModelUses.Use use = served.uses().begin()) {
      for (int i = 0; i < requests.size(); i++) {
        GeneratedPicture picture =
            served.dimoo().generate(requests.get(i), listener(i, progress, cancelled));
        served.metrics().made(picture);
        progress.accept(new PictureProgress.Finished(i, picture));
        pictures.add(picture);
      }
    }
    return pictures;
  }

  private ProgressListener listener(
      int picture, Consumer<PictureProgress> progress, BooleanSupplier cancelled) {
    return ProgressListener.of(
        step -> {
          served.metrics().step();
          if (steps.told() && step instanceof PictureStep present) {
            progress.accept(stepped(picture, present));
          }
        },
        cancelled);
  }

  private PictureProgress.Stepped stepped(int picture, PictureStep step) {
    int partial = steps.partial(step.step(), step.steps());
    return new PictureProgress.Stepped(
        picture,
        step.step(),
        step.steps(),
        step.masked(),
        steps.tokens() ? MaskedTokens.of(step.codes()) : null,
        partial,
        partial < 0 ? null : step.picture());
  }
}
