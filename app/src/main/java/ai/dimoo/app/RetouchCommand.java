package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.request.PaintArea;
import ai.dimoo.request.PictureCodes;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo retouch`: repaints a box of a picture and leaves every other token as it is.
@Command(
    name = "retouch",
    description =
        "Repaint every token that a box or a mask touches, and leave all others identical. In a"
            + " picture that the same model made, the pixels away from it stay identical too.",
    footer = {"", "Example: ./dimoo retouch -i x.png --box 64,32,64,64 \"a fox and a cake\""})
final class RetouchCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the whole picture is to show, in quotes.")
  private @Nullable String prompt;

  @Option(
      names = "--box",
      paramLabel = "X,Y,W,H",
      description =
          "The rectangle in pixels: left, top, width, height (default: none; this or --mask is"
              + " needed).")
  private @Nullable String box;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "A picture that marks what is repainted, in white or as transparent (default: none).")
  private @Nullable Path mask;

  @Mixin private final InputOptions input = new InputOptions();
  @Mixin private final PictureOptions options = new PictureOptions(SamplingKind.PICTURE);

  RetouchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Recipe.of(Retouch.class), "retouch");
    PaintArea area = area();
    if (area == null && like == null) {
      throw new UserException("What is to be repainted? Give --box X,Y,W,H or --mask FILE.");
    }
    InputFile file = input.file();
    Picture image = file.picture();
    PictureCodes codes = file.codes(image);
    Retouch request =
        like == null
            ? new Retouch(PromptText.required(prompt), image, codes, area, Sampling.DEFAULT)
            : (Retouch) like.request(new Recipe.Inputs(image, codes, null));
    new PictureRun(terminal, "retouch", options)
        .make(
            options.changed(area == null ? request : request.withArea(area), prompt),
            like,
            Map.of(Recipe.IMAGE, image));
  }

  private @Nullable PaintArea area() {
    if (box != null && mask != null) {
      throw new UserException("Give one of --box and --mask.");
    }
    if (box != null) {
      return new PaintArea.InBox(Box.parse(box));
    }
    if (mask != null) {
      return new PaintArea.Marked(new InputFile(mask).mask());
    }
    return null;
  }
}
