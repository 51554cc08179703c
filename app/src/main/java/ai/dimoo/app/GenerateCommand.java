package ai.dimoo.app;

import ai.dimoo.Recipe;
import ai.dimoo.TextToImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dimoo generate`: a picture from a sentence.
@Command(
    name = "generate",
    description = "Make a picture from a sentence and write it as a PNG.",
    footer = {"", "Example: ./dimoo generate \"a red circle to the left of a blue square\" -o x.png"})
final class GenerateCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the picture is to show, in quotes.")
  private @Nullable String prompt;

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final SizeOptions size = new SizeOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final CacheOptions cache = new CacheOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final LikeOptions likeOptions = new LikeOptions();

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    PictureRun.checkOutput(output);
    Recipe like = likeOptions.recipe(TextToImage.TASK::equals, "generate");
    TextToImage request =
        new TextToImage(
            PromptText.of(prompt, like),
            size.width != null || like == null ? size.width : Integer.valueOf(like.size().width()),
            size.height != null || like == null
                ? size.height
                : Integer.valueOf(like.size().height()),
            sampling.sampling(cache, like));
    new PictureRun(terminal, "generate", model, output).make(request, like, Map.of());
  }
}
