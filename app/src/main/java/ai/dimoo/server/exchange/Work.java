package ai.dimoo.server.exchange;

import ai.dimoo.ModelDefaults;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request asks the model for, as the access log shows it.
///
/// @param adapter of the model that is asked; null: none
/// @param task the library's name of it
/// @param size of the picture to make, or of the first picture to work on; null: there is none
/// @param steps of the sampler, for each picture
/// @param pictures to make, or to ask about
/// @param prompt what the client wrote
/// @param sampling of the first picture, or of the answer
public record Work(
    @Nullable String adapter,
    String task,
    @Nullable Size size,
    int steps,
    int pictures,
    String prompt,
    Sampling sampling) {

  /// Pictures, all from the same words.
  public static Work of(
      List<? extends ImageRequest> requests, ModelDefaults defaults, @Nullable String adapter) {
    ImageRequest first = requests.getFirst();
    ImageSamplerSettings usual =
        first instanceof Edit ? defaults.imageToImage() : defaults.textToImage();
    Integer steps = first.sampling().get(SamplingTable.TIMESTEPS);
    return new Work(
        adapter,
        first.taskName(),
        size(first, defaults),
        steps == null ? usual.timesteps() : steps,
        requests.size(),
        first.prompt(),
        first.sampling());
  }

  /// A question.
  public static Work of(Ask request, ModelDefaults defaults, @Nullable String adapter) {
    List<Picture> images = request.images();
    Integer steps = request.sampling().get(SamplingTable.STEPS);
    return new Work(
        adapter,
        Task.UNDERSTANDING.name(),
        images.isEmpty() ? null : images.getFirst().size(),
        request.oneToken() ? 1 : steps == null ? defaults.text().steps() : steps,
        images.size(),
        request.question(),
        request.sampling());
  }

  private static Size size(ImageRequest request, ModelDefaults defaults) {
    return switch (request) {
      case TextToImage t ->
          new Size(
              t.width() == null ? defaults.width() : t.width(),
              t.height() == null ? defaults.height() : t.height());
      case Inpaint inpaint -> inpaint.image().size();
      case Outpaint outpaint -> outpaint.image().size();
      case Retouch retouch -> retouch.image().size();
      case Edit edit -> edit.image().size();
    };
  }
}
