package ai.dimoo.server.openai;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.TextToImage;
import ai.dimoo.request.UntrainedSize;
import ai.dimoo.server.exchange.HttpWording;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a body of `/v1/images/generations`.
final class GenerationOrder {

  private GenerationOrder() {}

  static PictureOrder read(Fields sent, ServedModel served) {
    Fields fields = served.promptTag() ? PromptTag.read(sent, SamplingKind.PICTURE) : sent;
    return read(fields, sent.toString(), served.dimoo(), served.limits());
  }

  /// @param key the same for the same order
  static PictureOrder read(Fields fields, String key, Dimoo dimoo, Limits limits) {
    requireTask(fields);
    String prompt = prompt(fields, limits);
    Size size = size(fields, dimoo, limits);
    UntrainedSize untrained = untrainedSize(fields);
    Sampling sampling =
        SamplingFields.ofPictures(
            fields, SamplingKind.PICTURE, dimoo.defaults().textToImage(), limits);
    List<TextToImage> requests = new ArrayList<>();
    for (Sampling one : samplings(sampling, count(fields, limits))) {
      requests.add(new TextToImage(prompt, size.width(), size.height(), untrained, one));
    }
    requireSize(requests.getFirst(), fields, dimoo);
    PictureForm form = PictureForm.of(fields);
    Warnings warnings =
        Warnings.ofFields(fields.requireAllRead(Warnings.PICTURE_FIELDS, ""))
            .and(dimoo.notes(requests.getFirst()));
    return new PictureOrder(List.copyOf(requests), form, key, warnings);
  }

  /// One sampling a picture, with seeds in a row.
  static List<Sampling> samplings(Sampling first, int count) {
    return Refusal.naming(
        "seed", () -> IntStream.range(0, count).mapToObj(first::forPicture).toList());
  }

  private static void requireTask(Fields fields) {
    String task = fields.text("task");
    if (task != null && !task.isBlank() && !task.strip().equalsIgnoreCase(TextToImage.TASK)) {
      throw Refusal.badRequest(
          "task",
          "Only the task text_to_image makes a picture of words alone: send the others with their"
              + " picture to /v1/images/edits.");
    }
  }

  /// The prompt, which must be there.
  static String prompt(Fields fields, Limits limits) {
    String prompt = fields.text("prompt");
    if (prompt == null || prompt.isBlank()) {
      throw Refusal.badRequest("prompt", "There is no prompt: say what the picture is to show.");
    }
    if (prompt.length() > limits.promptCharacters()) {
      throw Refusal.badRequest(
          "prompt",
          "The prompt has %d characters; at most %d are taken."
              .formatted(prompt.length(), limits.promptCharacters()));
    }
    String negative = fields.text("negative_prompt");
    if (negative != null && !negative.isBlank()) {
      throw Refusal.badRequest(
          "negative_prompt",
          "This model has no negative prompt: say in the prompt what is to be seen instead.");
    }
    return prompt;
  }

  /// How many pictures.
  static int count(Fields fields, Limits limits) {
    Integer n = fields.integer(1, limits.pictures(), "n");
    return n == null ? 1 : n;
  }

  private static Size size(Fields fields, Dimoo dimoo, Limits limits) {
    Size own = new Size(dimoo.defaults().width(), dimoo.defaults().height());
    Size size = size(fields);
    Integer width = fields.integer(1, Integer.MAX_VALUE, "width");
    Integer height = fields.integer(1, Integer.MAX_VALUE, "height");
    Size usual = size == null ? own : size;
    Size wanted =
        new Size(width == null ? usual.width() : width, height == null ? usual.height() : height);
    if (size != null && !wanted.equals(size)) {
      throw Refusal.badRequest(
          width != null && width != size.width() ? "width" : "height",
          "size is %s, and width and height say %s: give one of them.".formatted(size, wanted));
    }
    long pixels = (long) wanted.width() * wanted.height();
    if (pixels > limits.outputPixels()) {
      throw Refusal.badRequest(
          "size",
          "size is %s, %d pixels; at most %d are made."
              .formatted(wanted, pixels, limits.outputPixels()));
    }
    return wanted;
  }

  private static UntrainedSize untrainedSize(Fields fields) {
    String word =
        fields.word(
            UntrainedSize.FIELD,
            Stream.of(UntrainedSize.values()).map(UntrainedSize::toString).toList());
    return UntrainedSize.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// Refuses a size before the request waits, by the field that it came in.
  private static void requireSize(TextToImage request, Fields fields, Dimoo dimoo) {
    try {
      dimoo.sampledSize(request);
    } catch (UserException e) {
      throw size(fields) == null
          ? Refusal.of(e, "size")
          : Refusal.badRequest("size", e.in(HttpWording.INSTANCE));
    }
  }

  /// "WIDTHxHEIGHT"; null for "auto" or nothing.
  static @Nullable Size size(Fields fields) {
    String text = fields.text("size");
    if (text == null || text.isBlank() || text.strip().equalsIgnoreCase("auto")) {
      return null;
    }
    String[] sides = text.strip().toLowerCase(Locale.ROOT).split("x");
    try {
      int width = Integer.parseInt(sides[0]);
      int height = Integer.parseInt(sides[1]);
      if (sides.length == 2 && width > 0 && height > 0) {
        return new Size(width, height);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // said below
    }
    throw Refusal.badRequest(
        "size",
        "size is \"%s\"; give WIDTHxHEIGHT in pixels, such as 512x512, or auto."
            .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }
}
