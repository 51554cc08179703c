package ai.dimoo.app;

import ai.dimoo.request.Recipe;
import ai.dimoo.request.SamplingKind;
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

  @Mixin private final PictureOptions options = new PictureOptions(SamplingKind.PICTURE);
  @Mixin private final SizeOptions size = new SizeOptions();

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Recipe like = options.like(Recipe.of(TextToImage.class), "generate");
    TextToImage request =
        like == null
            ? TextToImage.of(PromptText.required(prompt)).build()
            : (TextToImage) like.request(Recipe.Inputs.NONE);
    new PictureRun(terminal, "generate", options)
        .make(options.changed(request.withSize(size.width, size.height), prompt), like, Map.of());
  }
}
