package ai.dimoo.server.openai;

import ai.dimoo.Edit;
import ai.dimoo.ImageRequest;
import ai.dimoo.Inpaint;
import ai.dimoo.Outpaint;
import ai.dimoo.PaintArea;
import ai.dimoo.PictureCodes;
import ai.dimoo.Retouch;
import ai.dimoo.Sampling;
import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.server.Limits;
import ai.dimoo.server.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a body of `/v1/images/edits`: everything that makes a picture from a picture.
final class EditOrder {

  /// What is done with a picture and a sentence where the client does not say: the library's prompt
  /// for editing, which is the same for all tasks of its family.
  private static final String USUAL = "edit_replace";

  private final EditForm form;
  private final ServedModel served;
  private final Limits limits;
  private final String task;

  private EditOrder(EditForm form, ServedModel served) {
    this.form = form;
    this.served = served;
    limits = served.limits();
    String named = form.fields().text("task");
    boolean marked = form.mask() != null || form.fields().node("box") != null;
    task =
        named == null || named.isBlank()
            ? marked ? Inpaint.TASK : USUAL
            : named.strip().toLowerCase(Locale.ROOT);
  }

  static PictureOrder read(EditForm form, ServedModel served) {
    return new EditOrder(form, served).read();
  }

  private PictureOrder read() {
    boolean paints = List.of(Inpaint.TASK, Outpaint.TASK, Retouch.TASK).contains(task);
    SamplingFields sampling =
        SamplingFields.of(
            form.fields(),
            paints
                ? served.dimoo().defaults().textToImage()
                : served.dimoo().defaults().imageToImage(),
            limits);
    Maker maker = maker();
    List<ImageRequest> requests = new ArrayList<>();
    for (int i = 0; i < GenerationOrder.count(form.fields(), limits); i++) {
      requests.add(maker.request(sampling.forPicture(i)));
    }
    return new PictureOrder(requests, PictureForm.of(form.fields()), form.key());
  }

  /// Everything of a request but how it is sampled.
  private interface Maker {
    ImageRequest request(Sampling sampling);
  }

  private Maker maker() {
    return switch (task) {
      case Inpaint.TASK -> inpaint();
      case Outpaint.TASK -> outpaint();
      case Retouch.TASK -> retouch();
      default -> edit(Task.named(task));
    };
  }

  private Maker inpaint() {
    PaintArea marked = area();
    PaintArea area = marked == null ? Inpaint.DEFAULT_AREA : marked;
    Picture image = only();
    String prompt = prompt();
    return sampling -> new Inpaint(prompt, image, area, sampling);
  }

  private Maker outpaint() {
    PaintArea marked = area();
    Outpaint.Builder builder =
        Outpaint.of(prompt(), only()).area(marked == null ? Outpaint.DEFAULT_AREA : marked);
    String expand = form.fields().text("expand");
    if (expand != null) {
      List<Integer> sides = sides(expand);
      builder.expand(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    }
    return sampling -> builder.sampling(sampling).build();
  }

  private Maker retouch() {
    PaintArea area = area();
    if (area == null) {
      throw Refusal.badRequest(
          "box", "What is to be made anew? Give box as X,Y,WIDTH,HEIGHT in pixels, or a mask.");
    }
    Picture image = only();
    PictureCodes codes = PictureCodes.ofTexts(form.images().getFirst().texts(), image);
    String prompt = prompt();
    return sampling -> new Retouch(prompt, image, codes, area, sampling);
  }

  private Maker edit(Task wanted) {
    if (form.mask() != null) {
      throw Refusal.badRequest(
          "mask", "The task %s takes no mask; leave it out, or take inpaint.".formatted(task));
    }
    boolean reference = wanted.family().pictures() > 1;
    Picture image = reference ? picture(0) : only();
    if (reference && form.images().size() != 2) {
      throw Refusal.badRequest(
          "image",
          "The task %s needs two images, the picture and its reference; found %d."
              .formatted(task, form.images().size()));
    }
    Picture style = reference ? picture(1) : null;
    String prompt = wanted.family().takesPrompt() ? prompt() : "";
    return sampling -> new Edit(wanted, prompt, image, style, sampling);
  }

  private String prompt() {
    return GenerationOrder.prompt(form.fields(), limits);
  }

  private Picture only() {
    if (form.images().size() > 1) {
      throw Refusal.badRequest(
          "image",
          "The task %s takes one image; found %d.".formatted(task, form.images().size()));
    }
    return picture(0);
  }

  private Picture picture(int i) {
    return form.images().get(i).picture(limits);
  }

  /// What the mask or the box marks; null if there is neither.
  private @Nullable PaintArea area() {
    String box = form.fields().text("box");
    if (box != null && form.mask() != null) {
      throw Refusal.badRequest("box", "Give one of box and mask.");
    }
    if (form.mask() != null) {
      return new PaintArea.Marked(form.mask().mask(limits));
    }
    return box == null ? null : new PaintArea.InBox(Box.parse(box));
  }

  private static List<Integer> sides(String text) {
    try {
      List<Integer> sides =
          Stream.of(text.split(",", -1)).map(side -> Integer.valueOf(side.strip())).toList();
      if (sides.size() == 4) {
        return sides;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Refusal.badRequest(
        "expand", "expand is not LEFT,TOP,RIGHT,BOTTOM in pixels, such as 0,0,64,0.");
  }
}
