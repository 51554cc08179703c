package ai.dimoo.app;

import ai.dimoo.request.Recipe;
import ai.dimoo.request.TextToImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dimoo generate`: a picture from a sentence.
@Command(
    name = "generate",
    description = "Make a picture from a sentence and write it as a PNG.",
    footer = {
      "",
      "Example: ./dimoo generate \"a red circle to the left of a blue square\" -o x.png"
    })
final class GenerateCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the picture is to show, in quotes.")
  private @Nullable String prompt;

  @Mixin private final PictureOptions options = new PictureOptions();
  @Mixin private final SizeOptions size = new SizeOptions();

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(TextToImage.TASK::equals, "generate");
    TextToImage request =
        new TextToImage(
            PromptText.of(prompt, like),
            size.width != null || like == null ? size.width : Integer.valueOf(like.size().width()),
            size.height != null || like == null
                ? size.height
                : Integer.valueOf(like.size().height()),
            options.sampling(like));
    new PictureRun(terminal, "generate", options).make(request, like, Map.of());
  }
}
