package ai.dimoo.app;

import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.SamplingKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dimoo inpaint`: repaints a part of a picture.
@Command(
    name = "inpaint",
    description =
        "Repaint a part of a picture from a sentence: a rectangle in the middle, a box, or what a"
            + " mask marks.",
    footer = {
      "",
      "Example: ./dimoo inpaint -i x.png --box 0,0,64,128 \"an owl to the left of a pizza\""
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
  @Mixin private final PictureOptions options = new PictureOptions(SamplingKind.PICTURE);

  InpaintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Recipe.of(Inpaint.class), "inpaint");
    InputFile file = input.file();
    Picture image = file.picture();
    Inpaint request =
        like == null
            ? Inpaint.of(PromptText.required(prompt), image).build()
            : (Inpaint) like.request(Recipe.Inputs.of(image));
    PaintArea where = area.area(Inpaint.DEFAULT_AREA);
    Mask hole = where == null && like == null ? file.hole() : null;
    if (hole != null) {
      terminal.err().println("note: what is clear in the picture is repainted.");
      where = new PaintArea.Marked(hole);
    }
    new PictureRun(terminal, "inpaint", options)
        .make(
            options.changed(where == null ? request : request.withArea(where), prompt),
            like,
            Map.of(Recipe.IMAGE, image));
  }
}
