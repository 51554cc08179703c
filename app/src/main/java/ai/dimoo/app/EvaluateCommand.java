package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.train.worlds.pictograms.evaluation.Evaluation;
import ai.dimoo.train.worlds.pictograms.evaluation.Suites;
import ai.dimoo.train.worlds.pictograms.scene.HeldOutList;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import ai.dimoo.train.worlds.shapes.SceneOptions;
import ai.dimoo.train.worlds.shapes.evaluation.Scores;
import ai.dimoo.train.worlds.shapes.evaluation.ShapesEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo evaluate`: scores a model of the world of pictograms, or of the shapes world.
@Command(
    name = "evaluate",
    description =
        "Score a model on combinations that training never saw, and print a table. A model of the"
            + " world of pictograms is asked what the suites ask: names, geneval, edit, subject,"
            + " style, control, dense, inpaint, outpaint, retouch, views, understand, people,"
            + " chain, variety, reconstruct, sweep, sweep_edit (default: those for which it was"
            + " trained, but the sweeps). A model of the shapes world has pictures in six categories as GenEval has"
            + " them, questions, and the VQ model alone.")
final class EvaluateCommand implements Runnable {

  private final Terminal terminal;

  /// The worlds in which models of ours were trained.
  enum World {
    shapes,
    pictograms;

    /// The world whose pictures a model says that it knows: those of pictograms are larger.
    static World of(Dimoo dimoo) {
      boolean large = dimoo.knowledge().includes(new Size(Scene.SIDE, Scene.SIDE));
      return large ? pictograms : shapes;
    }
  }

  @Parameters(
      paramLabel = "SUITE",
      arity = "0..*",
      description = "World of pictograms: what is asked, such as names or geneval.")
  private List<String> suites = List.of();

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      description =
          "${COMPLETION-CANDIDATES} (default: the one whose pictures the model says that it"
              + " knows).")
  private @Nullable World world;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "World of pictograms: the most trials of a row, 1 or more (default: all).")
  private @Nullable Integer trials;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "World of pictograms: add the scores to FILE, in place of those of the same suites, such"
              + " as models/pocket/scores.json (default: none).")
  private @Nullable Path json;

  @Option(
      names = "--sheets",
      paramLabel = "DIR",
      description =
          "World of pictograms: write a sheet of each suite into DIR (input, output, truth) and"
              + " NAME.tsv, a line for each trial"
              + " (default: none).")
  private @Nullable Path sheets;

  @Option(
      names = "--what-is-held-out",
      description = "World of pictograms: print what training never sees, a line each, and end.")
  private boolean whatIsHeldOut;

  @Mixin private final OpeningOptions model = new OpeningOptions();

  @Mixin
  private final SamplingOptions sampling =
      new SamplingOptions(SamplingKind.PICTURE, SamplingTable.SEED);

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
      description = "Shapes world: prompts per category, 1 to 50 (default: 50).")
  private @Nullable Integer prompts;

  @Option(
      names = "--questions",
      paramLabel = "N",
      description = "Shapes world: number of questions, 0 or more (default: 500).")
  private @Nullable Integer questions;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description =
          "Shapes world: pictures for the VQ model and the judge, 0 or more (default: 500).")
  private @Nullable Integer pictures;

  @Option(
      names = "--seen",
      description =
          "Ask for combinations that training did show instead, which tells drawing from"
              + " composing.")
  private boolean seen;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (whatIsHeldOut) {
      HeldOutList.of(Split.HELD_OUT)
          .forEach((rule, entries) ->
              entries.forEach(entry -> terminal.out().println(rule + "\t" + entry)));
      terminal.out().flush();
      return;
    }
    ShapesEvaluation shapes = shapes();
    PictogramsScores pictograms = pictograms();
    try (Dimoo dimoo = model.open(null, terminal);
        Checkpoint checkpoint = Checkpoint.open(model.directory())) {
      if ((world == null ? World.of(dimoo) : world) == World.pictograms) {
        pictograms.run(terminal, dimoo, checkpoint);
      } else {
        requireNoSuites();
        run(shapes, dimoo, checkpoint);
      }
    }
  }

  private ShapesEvaluation shapes() {
    return new ShapesEvaluation(
        seen ? SceneOptions.Split.TRAINING : SceneOptions.Split.HELD_OUT,
        prompts == null ? ShapesEvaluation.FULL.promptsEach() : prompts,
        questions == null ? ShapesEvaluation.FULL.questions() : questions,
        pictures == null ? ShapesEvaluation.FULL.pictures() : pictures,
        sampling.sampling(Sampling.DEFAULT).withSeed(seed));
  }

  private PictogramsScores pictograms() {
    if (trials != null && trials < 1) {
      throw new UserException("trials is %d, expected 1 or more".formatted(trials));
    }
    return new PictogramsScores(
        suites.stream().map(Suites::named).toList(),
        trials == null ? Evaluation.ALL : trials,
        seen ? Split.TRAINING : Split.HELD_OUT,
        sampling.sampling(Sampling.DEFAULT).withSeed(seed),
        json,
        sheets);
  }

  /// What only models of the other world have.
  private void requireNoSuites() {
    if (!suites.isEmpty() || trials != null || json != null || sheets != null) {
      throw new UserException(
          "This model knows the shapes world, which has no suites: leave out suites, --trials,"
              + " --json and --sheets, or give a model of the world of pictograms with --model.");
    }
  }

  private void run(ShapesEvaluation evaluation, Dimoo dimoo, Checkpoint checkpoint) {
    Scores scores;
    try (Progress progress = terminal.progress("evaluate", 100, "%")) {
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
      line("seconds an answer (median)", scores.secondsAnAnswer());
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
