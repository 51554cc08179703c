package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import ai.dimoo.train.worlds.shapes.evaluation.Scores;
import ai.dimoo.train.worlds.shapes.evaluation.ShapesEvaluation;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo evaluate`: scores a model of the shapes world.
@Command(
    name = "evaluate",
    description =
        "Score a model of the shapes world, such as the pocket model, on combinations that training"
            + " never saw: pictures in six categories as GenEval has them, judged by their pixels;"
            + " questions about pictures; the VQ model alone. Prints a table.")
final class EvaluateCommand implements Runnable {

  private final Terminal terminal;

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final CacheOptions cache = new CacheOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the first picture of each category; those after it have the numbers that follow"
              + " (default: 0).")
  private long seed;

  @Option(
      names = "--prompts",
      paramLabel = "N",
      description = "Prompts per category, 1 to 50 (default: 50).")
  private @Nullable Integer prompts;

  @Option(
      names = "--questions",
      paramLabel = "N",
      description = "Number of questions, 0 or more (default: 500).")
  private @Nullable Integer questions;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Pictures for the VQ model and the judge, 0 or more (default: 500).")
  private @Nullable Integer pictures;

  @Option(
      names = "--seen",
      description =
          "Ask for combinations that training did show instead, which tells drawing from composing.")
  private boolean seen;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    ShapesEvaluation evaluation =
        new ShapesEvaluation(
            seen ? SceneOptions.Split.TRAINING : SceneOptions.Split.HELD_OUT,
            prompts == null ? ShapesEvaluation.FULL.promptsEach() : prompts,
            questions == null ? ShapesEvaluation.FULL.questions() : questions,
            pictures == null ? ShapesEvaluation.FULL.pictures() : pictures,
            sampling.sampling(seed, cache, null, null));
    Scores scores;
    try (Dimoo dimoo = model.open(null);
        Checkpoint checkpoint = Checkpoint.open(model.directory());
        Progress progress = terminal.progress("evaluate", 100, "%")) {
      scores =
          evaluation.run(
              dimoo,
              checkpoint,
              share -> {
                terminal.stop().check();
                progress.at(Math.round(100 * share), "");
              });
    }
    print(evaluation, scores);
  }

  private void print(ShapesEvaluation evaluation, Scores scores) {
    PrintWriter out = terminal.out();
    out.printf(
        "pictures that hold what the prompt says, %d prompts each%n", evaluation.promptsEach());
    scores.categories().forEach((category, score) -> line(category.tag(), score));
    line("overall", scores.overall());
    if (evaluation.questions() > 0) {
      out.printf("right answers to %d questions%n", evaluation.questions());
      scores.questionKinds().forEach((kind, score) -> line(kind.toLowerCase(Locale.ROOT), score));
      line("overall", scores.questions());
    }
    if (evaluation.pictures() > 0) {
      out.printf("VQ model and judge, %d pictures%n", evaluation.pictures());
      line("object PSNR (dB)", scores.objectPsnr());
      line("judge right on reconstructions", scores.judgeOnReconstructions());
      line("judge right on renderings", scores.judgeOnRenderings());
    }
    out.flush();
  }

  private void line(String name, double value) {
    terminal.out().println(String.format(Locale.ROOT, "  %-32s %7.3f", name, value));
  }
}
