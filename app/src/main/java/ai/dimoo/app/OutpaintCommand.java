package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.SamplingKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo outpaint`: keeps a part of a picture and repaints all round it.
@Command(
    name = "outpaint",
    description =
        "Keep a part of a picture, a stripe in the middle or a box, and repaint all round it from a"
            + " sentence. With --expand the picture is continued beyond its edges.",
    footer = {"", "Example: ./dimoo outpaint -i x.png --expand 0,0,64,0 \"a fox and two pizzas\""})
final class OutpaintCommand implements Runnable {

  private static final int SIDES = 4;

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the whole picture is to show, in quotes.")
  private @Nullable String prompt;

  @Option(
      names = "--expand",
      paramLabel = "L,T,R,B",
      description =
          "Pixels to add to the left, at the top, to the right, at the bottom; the whole picture is"
              + " kept (default: none). With --like give it again: a picture does not hold it.")
  private @Nullable String expand;

  @Mixin private final InputOptions input = new InputOptions();
  @Mixin private final AreaOptions area = new AreaOptions();
  @Mixin private final PictureOptions options = new PictureOptions(SamplingKind.PICTURE);

  OutpaintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Recipe.of(Outpaint.class), "outpaint");
    if (expand != null && area.given()) {
      throw new UserException(
          "Give --expand, which keeps the whole picture, or the part to keep: --box, --mask or the"
              + " --mask-…-ratio options.");
    }
    Picture image = input.file().picture();
    String words = like == null ? PromptText.required(prompt) : like.prompt();
    Outpaint request = Outpaint.of(words, image).build();
    if (expand != null) {
      List<Integer> by = sides(expand);
      request =
          Outpaint.of(words, image).expand(by.get(0), by.get(1), by.get(2), by.get(3)).build();
    }
    if (like != null) {
      PaintArea whole = request.area();
      request = (Outpaint) like.request(Recipe.Inputs.of(request.image()));
      request = expand == null ? request : request.withArea(whole);
    }
    PaintArea where = area.area(Outpaint.DEFAULT_AREA);
    new PictureRun(terminal, "outpaint", options)
        .make(
            options.changed(where == null ? request : request.withArea(where), prompt),
            like,
            Map.of(Recipe.IMAGE, request.image()));
  }

  private static List<Integer> sides(String text) {
    try {
      List<Integer> sides =
          Stream.of(text.split(",", -1)).map(side -> Integer.valueOf(side.strip())).toList();
      if (sides.size() == SIDES) {
        return sides;
      }
    } catch (NumberFormatException e) {
      // falls through to the message that shows what is wanted
    }
    throw new UserException(
        "--expand '%s' is not LEFT,TOP,RIGHT,BOTTOM in pixels, such as 0,0,64,0.".formatted(text));
  }
}
