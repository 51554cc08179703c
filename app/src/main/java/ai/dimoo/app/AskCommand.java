package ai.dimoo.app;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo ask`: answers a question about pictures.
@Command(
    name = "ask",
    description =
        "Answer a question about one or several pictures; the answer goes to standard output.",
    footer = {"", "Example: ./dimoo ask --image x.png \"How many foxes are there?\""})
final class AskCommand implements Runnable {

  private static final double MILLISECONDS = 1e3;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUESTION", description = "The question, in quotes.")
  private String question = "";

  @Option(
      names = {"-i", "--image"},
      paramLabel = "FILE",
      required = true,
      description =
          "A picture: PNG, JPEG or WebP; - is standard input. Give it several times for several"
              + " pictures.")
  private List<Path> images = new ArrayList<>();

  @Option(
      names = "--one-token",
      description =
          "Answer with one token from one forward pass, as for the published scores: yes or no, a"
              + " letter, a number (default: off).")
  private boolean oneToken;

  @Mixin private final OpeningOptions model = new OpeningOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions(SamplingKind.ANSWER);

  AskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<Picture> pictures = images.stream().map(file -> new InputFile(file).picture()).toList();
    Ask request = new Ask(question, pictures, oneToken, sampling.sampling(Sampling.DEFAULT));
    terminal.stop().check();
    try (Dimoo dimoo = model.open(null, terminal);
        StepProgress progress = new StepProgress(terminal, "ask", null)) {
      Answer answer = dimoo.ask(request, progress);
      progress.close();
      answer.notes().forEach(note -> terminal.err().println("note: " + note));
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
