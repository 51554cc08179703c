package ai.dimoo.server.openai;

import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import ai.dimoo.image.PictureWithHole;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Edit;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.TextToImage;
import ai.dimoo.request.UntrainedSize;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a request to `/v1/images/edits`: everything that the library makes of pictures, by its
/// task.
final class EditOrder {

  /// What is done with a picture and a sentence where the client does not say: the library's prompt
  /// for editing, which is the same for all tasks of its family.
  private static final String USUAL = "edit_replace";

  private static final int LONGEST_TASK = 64;

  private final EditForm input;
  private final Fields fields;
  private final ServedModel served;
  private final Limits limits;
  private @Nullable PictureWithHole looked; // at the picture, whether it has a hole
  private @Nullable Mask hole; // where the picture's own transparency says what to make

  private EditOrder(EditForm input, ServedModel served) {
    this.input = input;
    this.served = served;
    fields =
        served.promptTag() ? PromptTag.read(input.fields(), SamplingKind.EDIT) : input.fields();
    limits = served.limits();
  }

  static PictureOrder read(EditForm input, ServedModel served) {
    return new EditOrder(input, served).order();
  }

  private PictureOrder order() {
    List<String> ofSize = sizeFields();
    PictureForm form = PictureForm.of(fields);
    int count = GenerationOrder.count(fields, limits);
    String task = task();
    boolean paints = PaintFields.TASKS.contains(task);
    ImageSamplerSettings defaults =
        paints ? served.dimoo().defaults().textToImage() : served.dimoo().defaults().imageToImage();
    Sampling sampling =
        SamplingFields.ofPictures(
            fields, paints ? SamplingKind.PICTURE : SamplingKind.EDIT, defaults, limits);
    Function<Sampling, ImageRequest> request = paints ? painting(task) : editing(task);
    List<ImageRequest> requests = new ArrayList<>();
    for (Sampling one : GenerationOrder.samplings(sampling, count)) {
      requests.add(Refusal.naming("task", () -> request.apply(one)));
    }
    fields.readElsewhere(EditForm.PICTURES);
    Warnings warnings =
        Warnings.ofFields(fields.requireAllRead(Warnings.PICTURE_FIELDS, ""))
            .and(ofSize)
            .and(Refusal.naming("image", () -> served.dimoo().notes(requests.getFirst())))
            .and(hole == null ? List.of() : List.of("What is clear in the picture is repainted."));
    return new PictureOrder(requests, form, input.key(), warnings);
  }

  /// The picture's own size is what counts.
  private List<String> sizeFields() {
    boolean given = GenerationOrder.size(fields) != null;
    given |= fields.integer(1, Integer.MAX_VALUE, "width") != null;
    given |= fields.integer(1, Integer.MAX_VALUE, "height") != null;
    given |= fields.node(UntrainedSize.FIELD) != null;
    return given
        ? List.of("The size is not followed: an edited picture has that of the picture sent.")
        : List.of();
  }

  /// The task's name; what is meant if there is none shows in what came.
  private String task() {
    String text = fields.text("task");
    if (text == null || text.isBlank()) {
      if (fields.node("expand") != null) {
        return Outpaint.TASK;
      }
      if (input.mask() != null || fields.node("box") != null) {
        return Inpaint.TASK;
      }
      if (input.images().size() == 1) {
        looked = input.images().getFirst().withHole(limits);
        hole = looked.hole();
      }
      return hole != null ? Inpaint.TASK : USUAL;
    }
    String task = text.strip().toLowerCase(Locale.ROOT);
    if (task.equals(TextToImage.TASK)) {
      throw Refusal.badRequest(
          "task", "The task text_to_image takes no picture: send it to /v1/images/generations.");
    }
    if (task.equals(Task.UNDERSTANDING.name())) {
      throw Refusal.badRequest(
          "task", "The task understanding answers in words: ask at /v1/chat/completions.");
    }
    return task;
  }

  private Function<Sampling, ImageRequest> editing(String name) {
    Task task = namedTask(name);
    for (String area : PaintFields.AREAS) {
      if (fields.node(area) != null || area.equals("mask") && input.mask() != null) {
        throw Refusal.badRequest(
            area,
            "The task %s works on the whole picture: leave %s out, or take one of %s."
                .formatted(task, area, String.join(", ", PaintFields.TASKS)));
      }
    }
    requirePictures(task.name(), task.family().pictures());
    // OpenAI's clients cannot leave the prompt out where the task has a sentence of its own
    String prompt = task.family().takesPrompt() ? GenerationOrder.prompt(fields, limits) : "";
    Picture image = first(limits.inputPixels());
    Picture reference = input.images().size() > 1 ? input.images().get(1).picture(limits) : null;
    return sampling -> new Edit(task, prompt, image, reference, sampling);
  }

  private Task namedTask(String name) {
    if (name.length() > LONGEST_TASK) {
      throw Refusal.badRequest("task", "The task's name is longer than any that there is.");
    }
    if (Boolean.TRUE.equals(fields.flag("reference_prompts"))) {
      return Task.asReference(name);
    }
    try {
      return Task.named(name);
    } catch (UserException e) {
      throw Refusal.badRequest(
          "task",
          "There is no task \"%s\"; choose one of %s, %s."
              .formatted(
                  name, String.join(", ", PaintFields.TASKS), String.join(", ", Task.names())));
    }
  }

  private Function<Sampling, ImageRequest> painting(String task) {
    requirePictures(task, 1);
    String prompt = GenerationOrder.prompt(fields, limits);
    PaintFields paint = new PaintFields(fields, input.mask(), limits);
    InputPicture file = input.images().getFirst();
    // as large as the picture that is made
    long most = Math.min(limits.inputPixels(), limits.outputPixels());
    return switch (task) {
      case Inpaint.TASK -> {
        Picture image = first(most);
        PaintArea area =
            hole != null
                ? new PaintArea.Marked(hole)
                : paint.area(image.size(), Inpaint.DEFAULT_AREA);
        yield sampling -> new Inpaint(prompt, image, area, sampling);
      }
      case Retouch.TASK -> {
        Picture image = first(most);
        PictureCodes codes = file.codes(image);
        PaintArea area = paint.area(image.size(), null);
        yield sampling -> new Retouch(prompt, image, codes, area, sampling);
      }
      default -> {
        paint.requireRoom(file.size());
        Outpaint wide = paint.outpaint(prompt, first(most));
        yield sampling -> new Outpaint(prompt, wide.image(), wide.area(), sampling);
      }
    };
  }

  /// The first picture, decoded once.
  private Picture first(long most) {
    InputPicture file = input.images().getFirst();
    if (looked == null) {
      return file.picture(most);
    }
    file.requirePixels(most);
    return looked.picture();
  }

  private void requirePictures(String task, int wanted) {
    int found = input.images().size();
    if (found == 0) {
      throw Refusal.badRequest("image", "There is no picture: send one in the field image.");
    }
    if (found != wanted) {
      throw Refusal.badRequest(
          "image",
          "The task %s takes %s, and %d came."
                  .formatted(task, wanted == 1 ? "one picture" : wanted + " pictures", found)
              + (found == 2
                  ? " The field task chooses another: image_ref_transfer takes two."
                  : ""));
    }
  }
}
