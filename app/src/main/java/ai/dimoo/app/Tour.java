package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Edit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.TextToImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has a model do every task that it was trained for, on pictures that it makes itself.
///
/// Not safe for use by several threads.
final class Tour {

  /// Maps that the model makes of a picture, and draws from.
  private static final List<String> MAPS = List.of("canny", "hed", "depth", "openpose");

  /// Maps that it makes only.
  private static final List<String> OTHER_MAPS = List.of("normal", "sam2mask");

  private final Terminal terminal;
  private final Dimoo dimoo;
  private final TourCast cast;
  private final long seed;
  private final Consumer<TourStop> visited;
  private final List<String> leftOut = new ArrayList<>();

  /// @param terminal where progress is shown; Ctrl-C there ends the tour
  /// @param dimoo stays the caller's
  /// @param seed of every picture
  /// @param visited told after each stop
  Tour(Terminal terminal, Dimoo dimoo, long seed, Consumer<TourStop> visited) {
    this.terminal = terminal;
    this.dimoo = dimoo;
    this.seed = seed;
    this.visited = visited;
    cast = TourCast.of(dimoo.knowledge());
  }

  /// The names of the tasks that the model was not trained for, once the tour has ended.
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /// Goes from task to task.
  void walk() {
    String caption = cast.a(0) + " to the left of " + cast.a(1);
    Picture scene = picture(caption);
    if (scene == null) {
      return; // all else needs a picture
    }
    understand(scene);
    edit(scene);
    paint(scene);
    carryOver(scene);
    for (String map : MAPS) {
      Picture mapped = edited(map + "_dense", "", scene, null);
      if (mapped != null) {
        edited(map + "_control", caption, mapped, null);
      }
    }
    for (String map : OTHER_MAPS) {
      edited(map + "_dense", "", scene, null);
    }
    edited("multi_view_left", "", scene, null);
  }

  private @Nullable Picture picture(String prompt) {
    return made(new TextToImage(prompt, null, null, sampling()), prompt);
  }

  private void understand(Picture scene) {
    String task = Task.UNDERSTANDING.name();
    if (isLeftOut(task)) {
      return;
    }
    for (String question :
        List.of(
            "What is to the right of %s?".formatted(cast.the(0)),
            "Is there %s?".formatted(cast.a(2)))) {
      Ask request = new Ask(question, List.of(scene), false, sampling());
      try (StepProgress progress = new StepProgress(terminal, task, null)) {
        String answer = dimoo.ask(request, progress).text();
        visited.accept(new TourStop(task, question, List.of(scene), null, answer));
      }
    }
  }

  private void edit(Picture scene) {
    edited("edit_replace", "Replace %s with %s.".formatted(cast.the(1), cast.a(2)), scene, null);
    edited("edit_remove", "Remove %s.".formatted(cast.the(1)), scene, null);
    edited("edit_background", "Change the background to a sunset.", scene, null);
    editedOf("edit_add", "Add %s.".formatted(cast.a(3)), cast.a(0) + " at the left");
    editedOf("edit_text_transfer", "Change the word to DOG.", "the word \"CAT\"");
  }

  /// @param caption of a picture that is made for this
  private void editedOf(String task, String words, String caption) {
    Picture own = isLeftOut(task) ? null : picture(caption);
    if (own != null) {
      edited(task, words, own, null);
    }
  }

  private void paint(Picture scene) {
    String caption = cast.a(0) + " to the left of " + cast.a(3);
    painted(
        scene,
        caption,
        Inpaint.TASK,
        (it, right) -> new Inpaint(caption, it, new PaintArea.InBox(right), sampling()));
    painted(
        scene,
        caption,
        Retouch.TASK,
        (it, right) -> new Retouch(caption, it, null, new PaintArea.InBox(right), sampling()));
    int kept = scene.width() / 2;
    painted(
        scene,
        caption,
        Outpaint.TASK,
        (it, right) ->
            new Outpaint(
                caption, it, new PaintArea.InBox(new Box(0, 0, kept, it.height())), sampling()));
  }

  /// @param request of the picture and its right half
  private void painted(
      Picture scene, String caption, String task, BiFunction<Picture, Box, ImageRequest> request) {
    if (!isLeftOut(task)) {
      int half = scene.width() / 2;
      Box right = new Box(half, 0, scene.width() - half, scene.height());
      made(request.apply(scene, right), caption, scene);
    }
  }

  private void carryOver(Picture scene) {
    editedOf(
        "subject_driven",
        cast.a(0) + " to the left of " + cast.a(2),
        "a blue " + cast.names().getFirst());
    if (!isLeftOut("image_ref_transfer")) {
      Picture outlined = picture("an outline of " + cast.a(3));
      if (outlined != null) {
        edited("image_ref_transfer", "", scene, outlined);
      }
    }
  }

  private @Nullable Picture edited(
      String task, String words, Picture image, @Nullable Picture reference) {
    if (isLeftOut(task)) {
      return null;
    }
    Edit request = new Edit(Task.named(task), words, image, reference, sampling());
    return reference == null ? made(request, words, image) : made(request, words, image, reference);
  }

  private @Nullable Picture made(ImageRequest request, String words, Picture... inputs) {
    if (isLeftOut(request.taskName())) {
      return null;
    }
    String task = request.taskName();
    try (StepProgress progress = new StepProgress(terminal, task, null)) {
      GeneratedPicture result = dimoo.generate(request, progress);
      progress.finish(result);
      visited.accept(new TourStop(task, words, List.of(inputs), result.picture(), null));
      return result.picture();
    }
  }

  private boolean isLeftOut(String task) {
    boolean left = !dimoo.knowledge().includesTask(task);
    if (left && !leftOut.contains(task)) {
      leftOut.add(task);
    }
    return left;
  }

  private Sampling sampling() {
    return Sampling.DEFAULT.withSeed(seed);
  }
}
