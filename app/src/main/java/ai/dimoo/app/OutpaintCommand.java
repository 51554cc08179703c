package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Recipe;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo outpaint`: keeps a part of a picture and makes all round it anew.
@Command(
    name = "outpaint",
    description =
        "Keep a part of a picture, a stripe in the middle or a box, and make all round it anew from a"
            + " sentence. With --expand the picture is continued beyond its edges.",
    footer = {"", "Example: ./dimoo outpaint -i x.png --expand 0,0,64,0 \"a row of red circles\""})
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
  @Mixin private final PictureOptions options = new PictureOptions();

  OutpaintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Outpaint.TASK::equals, "outpaint");
    if (expand != null && area.given()) {
      throw new UserException(
          "Give --expand, which keeps the whole picture, or the part to keep: --box, --mask or the"
              + " --mask-…-ratio options.");
    }
    Outpaint.Builder builder =
        Outpaint.of(PromptText.of(prompt, like), input.read())
            .area(area.area(Outpaint.DEFAULT_AREA, like))
            .sampling(options.sampling(like));
    if (expand != null) {
      List<Integer> pixels = sides(expand);
      builder.expand(pixels.get(0), pixels.get(1), pixels.get(2), pixels.get(3));
    }
    Outpaint request = builder.build();
    new PictureRun(terminal, "outpaint", options)
        .make(request, like, Map.of(Recipe.IMAGE, request.image()));
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
