package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.PictureStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.image.Picture;
import ai.dimoo.request.ImageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What a client ordered: pictures, and how it wants to get them.
///
/// @param requests one a picture, each with its seed
/// @param form how the pictures are sent
/// @param key the same for the same order
/// @param warnings what had no effect
record PictureOrder(List<ImageRequest> requests, PictureForm form, String key, Warnings warnings) {

  /// Makes the pictures, on the queue's thread.
  List<GeneratedPicture> make(
      ServedModel served, Consumer<PictureProgress> progress, BooleanSupplier cancelled) {
    List<GeneratedPicture> pictures = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      GeneratedPicture picture =
          served.generate(requests.get(i), new Follower(i, progress, cancelled));
      progress.accept(new PictureProgress.Finished(i, picture));
      pictures.add(picture);
    }
    return pictures;
  }

  /// Passes on the steps of one picture.
  private final class Follower implements ProgressListener {

    private final int picture;
    private final Consumer<PictureProgress> progress;
    private final BooleanSupplier cancelled;
    private int partials;

    Follower(int picture, Consumer<PictureProgress> progress, BooleanSupplier cancelled) {
      this.picture = picture;
      this.progress = progress;
      this.cancelled = cancelled;
    }

    @Override
    public void onStep(Step step) {
      if (!form.stream() || !(step instanceof PictureStep present)) {
        return;
      }
      boolean wanted = form.showsAfter(step.step(), step.steps());
      Picture preview = wanted ? present.picture() : null;
      progress.accept(
          new PictureProgress.Stepped(
              picture,
              step.step(),
              step.steps(),
              step.masked(),
              form.progress() ? MaskedTokens.of(present.codes()) : null,
              wanted ? partials++ : -1,
              preview));
    }

    @Override
    public boolean cancelled() {
      return cancelled.getAsBoolean();
    }
  }
}
