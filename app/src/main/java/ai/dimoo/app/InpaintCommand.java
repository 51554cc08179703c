package ai.dimoo.app;

import ai.dimoo.image.Picture;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Recipe;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dimoo inpaint`: makes a part of a picture anew.
@Command(
    name = "inpaint",
    description =
        "Make a part of a picture anew from a sentence: a rectangle in the middle, a box, or what a"
            + " mask marks.",
    footer = {
      "",
      "Example: ./dimoo inpaint -i x.png --box 0,0,32,32 \"a green star and a blue square\""
    })
final class InpaintCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the whole picture is to show, in quotes.")
  private @Nullable String prompt;

  @Mixin private final InputOptions input = new InputOptions();
  @Mixin private final AreaOptions area = new AreaOptions();
  @Mixin private final PictureOptions options = new PictureOptions();

  InpaintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Inpaint.TASK::equals, "inpaint");
    Picture image = input.read();
    Inpaint request =
        new Inpaint(
            PromptText.of(prompt, like),
            image,
            area.area(Inpaint.DEFAULT_AREA, like),
            options.sampling(like));
    new PictureRun(terminal, "inpaint", options).make(request, like, Map.of(Recipe.IMAGE, image));
  }
}
