package ai.dimoo.app;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.TextSampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo ask`: answers a question about pictures.
@Command(
    name = "ask",
    description =
        "Answer a question about one or several pictures; the answer goes to standard output.",
    footer = {"", "Example: ./dimoo ask --image x.png \"How many circles are there?\""})
final class AskCommand implements Runnable {

  private static final double MILLISECONDS = 1e3;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUESTION", description = "The question, in quotes.")
  private String question = "";

  @Option(
      names = {"-i", "--image"},
      paramLabel = "FILE",
      required = true,
      description = "A picture: PNG, JPEG or WebP. Give it several times for several pictures.")
  private List<Path> images = new ArrayList<>();

  @Option(
      names = "--one-token",
      description =
          "Answer with one token from one forward pass, as for the published scores: yes or no, a"
              + " letter, a number (default: off).")
  private boolean oneToken;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Randomness of the choice of tokens, 0 or more; 0 always takes the likeliest (default: the"
              + " model's; 0 for Lumina-DiMOO).")
  private @Nullable Double temperature;

  @Option(
      names = "--cfg-scale",
      paramLabel = "X",
      description =
          "How strongly the answer follows the prompt, 0 or more (default: 0, which turns guidance"
              + " off).")
  private @Nullable Double cfgScale;

  @Option(
      names = "--remasking",
      paramLabel = "MODE",
      description =
          "Which predictions of a step are masked again: `low_confidence`, the least certain, or"
              + " `random`, any (default: low_confidence).")
  private @Nullable String remasking;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the random numbers: the same seed gives the same answer (default: a new one each"
              + " time).")
  private @Nullable Long seed;

  @Mixin private final TextOptions text = new TextOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final CacheOptions cache = new CacheOptions();

  AskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (oneToken && (text.given() || remasking != null || cache.enabled())) {
      throw new UserException(
          "--one-token is one forward pass: leave out --steps, --gen-length, --block-length,"
              + " --remasking and the options of the cache.");
    }
    List<Picture> pictures = images.stream().map(ImageFiles::read).toList();
    TextSampling sampling =
        new TextSampling(
            text.steps,
            text.genLength,
            text.blockLength,
            temperature,
            cfgScale,
            remasking == null ? null : Remasking.named(remasking),
            seed,
            cache.settings(null));
    Ask request = new Ask(question, pictures, oneToken, sampling);
    terminal.stop().check();
    try (Dimoo dimoo = model.open(null);
        StepProgress progress = new StepProgress(terminal, "ask", null)) {
      Answer answer = dimoo.ask(request, progress);
      progress.close();
      terminal.err().println(summary(answer));
      terminal.out().println(answer.text());
    }
  }

  private static String summary(Answer answer) {
    return String.format(
        Locale.ROOT,
        "%d tokens, seed %d, %.1f s",
        answer.tokens().length,
        answer.seed(),
        answer.timings().total().toMillis() / MILLISECONDS);
  }
}
