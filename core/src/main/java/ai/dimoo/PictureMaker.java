package ai.dimoo;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.Timings.Stopwatch;
import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Recipe;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Makes pictures of requests. Used on the engine's threads.
///
/// @param model what makes them
record PictureMaker(LoadedModel model) {

  GeneratedPicture make(ImageRequest request, ProgressListener listener) {
    Stopwatch watch = new Stopwatch();
    PictureSequence picture = encode(request);
    return make(request, picture, watch.lap(), listener);
  }

  /// A request that is not refused.
  ///
  /// @param encode how long it took to see
  private record Ready(ImageRequest request, PictureSequence picture, Duration encode) {}

  /// All are encoded, and so refused, before the first is sampled.
  List<GeneratedPicture> make(List<ImageRequest> requests, PicturesListener listener) {
    List<Ready> ready = new ArrayList<>();
    Stopwatch watch = new Stopwatch();
    for (ImageRequest request : requests) {
      naming(
          ready.size(),
          () -> {
            PictureSequence picture = encode(request);
            model.requireMemory(work(picture));
            ready.add(new Ready(request, picture, watch.lap()));
          });
    }
    GeneratedPicture[] made = new GeneratedPicture[ready.size()];
    SideBySide.run(
        made.length,
        model.sideBySide,
        model.threads,
        (index, ended) ->
            naming(
                index,
                () -> {
                  Ready one = ready.get(index);
                  ProgressListener own = following(index, listener, ended);
                  made[index] = make(one.request(), one.picture(), one.encode(), own);
                  listener.onPicture(index, made[index]);
                }));
    return List.of(made);
  }

  /// Says of which request a failure is.
  private static void naming(int index, Runnable work) {
    String place = "Request " + (index + 1);
    try {
      work.run();
    } catch (UserException e) {
      throw new UserException(e.fault().at(place), e);
    } catch (EnvironmentException e) {
      throw new EnvironmentException(e.fault().at(place), e);
    }
  }

  private static ProgressListener following(
      int index, PicturesListener listener, BooleanSupplier ended) {
    return new ProgressListener() {
      @Override
      public void onStep(Step step) {
        listener.onStep(index, step);
      }

      @Override
      public boolean cancelled() {
        return ended.getAsBoolean() || listener.cancelled();
      }
    };
  }

  /// What the recipe of the request's picture will be.
  Recipe recipe(ImageRequest request) {
    PictureSequence picture = encode(request);
    model.requireMemory(work(picture));
    return recipe(picture, request);
  }

  /// Refuses what cannot be made.
  private PictureSequence encode(ImageRequest request) {
    PictureSequence picture = new RequestEncoder(model).encode(request);
    model.sampler.require(picture.settings());
    return picture;
  }

  private GeneratedPicture make(
      ImageRequest request, PictureSequence picture, Duration encode, ProgressListener listener) {
    Stopwatch watch = new Stopwatch();
    TokenSequence sequence = picture.sequence();
    try (MemoryRoom.Held memory = model.hold(work(picture), listener::cancelled)) {
      TokenIds drawn =
          model.sampler.sample(
              sequence,
              picture.settings(),
              new StepListening(listener, step -> pictureStep(picture, step)));
      Duration sample = watch.lap();

      CodeGrid codes = sequence.image().codes(drawn, model.special);
      Picture pixels = picture.finish().of(model.codec.decode(codes));
      Duration decode = watch.lap();
      return new GeneratedPicture(
          pixels,
          codes,
          InputTokens.of(sequence, model.special),
          recipe(picture, request),
          new Timings(encode, sample, decode),
          Stream.concat(model.notes(request).stream(), picture.notes().stream()).toList());
    }
  }

  private Work work(PictureSequence picture) {
    return model.work(picture.sequence(), picture.settings());
  }

  private PictureStep pictureStep(PictureSequence picture, DecodingStep step) {
    CodeGrid codes = picture.sequence().image().codes(step.tokens(), model.special);
    return new PictureStep(
        step.step(),
        step.steps(),
        step.masked(),
        codes,
        () -> picture.finish().of(model.codec.preview(codes)));
  }

  private Recipe recipe(PictureSequence picture, ImageRequest request) {
    return new Recipe(
        picture.task(),
        request.prompt(),
        picture.finish().size(),
        picture.settings(),
        picture.inputs(),
        model.identity,
        "dimoo " + Version.dimoo());
  }
}
