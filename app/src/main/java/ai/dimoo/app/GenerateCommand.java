package ai.dimoo.app;

import ai.dimoo.request.Recipe;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.TextToImage;
import ai.dimoo.request.UntrainedSize;
import ai.dimoo.server.openai.UsualFields;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo generate`: a picture from a sentence.
@Command(
    name = "generate",
    description = "Make a picture from a sentence and write it as a PNG.",
    footer = {
      "",
      "Example: ./dimoo generate \"a fox to the left of a pizza\" -o x.png",
      "./dimoo generate --prompts prompts.jsonl -o pictures"
    })
final class GenerateCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the picture is to show, in quotes.")
  private @Nullable String prompt;

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "Make the pictures of many requests: a JSON object a line, with the fields of the HTTP API"
              + " and, if wanted, output, the file's name; - is standard input. -o names the folder"
              + " for the pictures and their manifest.jsonl. Options hold for lines that do not say"
              + " otherwise; what is there already is not made again (default: one picture, of"
              + " PROMPT).")
  private @Nullable Path prompts;

  @Mixin private final PictureOptions options = new PictureOptions(SamplingKind.PICTURE);
  @Mixin private final SizeOptions size = new SizeOptions();

  @Option(
      names = "--untrained-size",
      paramLabel = "MODE",
      description =
          "What to do where the model was not trained for the size: resize, make the picture at the"
              + " nearest size and shape that it was trained for, and resize it; strict, refuse;"
              + " force, make it at that size whatever comes of it (default: resize).")
  private @Nullable UntrainedSize untrainedSize;

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (prompts != null) {
      Path folder = options.folder(prompt);
      UsualFields usual = new UsualFields(options.given(), size.width, size.height, untrainedSize);
      new PromptsRun(terminal, options.model, usual, folder).make(prompts);
      return;
    }
    Recipe like = options.like(Recipe.of(TextToImage.class), "generate");
    TextToImage request =
        like == null
            ? TextToImage.of(PromptText.required(prompt)).build()
            : (TextToImage) like.request(Recipe.Inputs.NONE);
    new PictureRun(terminal, "generate", options)
        .make(options.changed(sized(request), prompt), like, Map.of());
  }

  /// Another size than that of the picture to make again is not bound to how that one was made.
  private TextToImage sized(TextToImage request) {
    TextToImage sized = request.withSize(size.width, size.height);
    if (untrainedSize != null) {
      return sized.withUntrainedSize(untrainedSize);
    }
    boolean another = size.width != null || size.height != null;
    return another ? sized.withUntrainedSize(UntrainedSize.RESIZE) : sized;
  }
}
