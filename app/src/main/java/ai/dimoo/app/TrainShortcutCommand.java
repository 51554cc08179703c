package ai.dimoo.app;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.TextToImage;
import ai.dimoo.train.runs.PromptSource;
import ai.dimoo.train.runs.Run;
import ai.dimoo.train.runs.RunFolder;
import ai.dimoo.train.runs.ShortcutPhase;
import ai.dimoo.train.shortcut.ShortcutRecipe;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `dimoo train shortcut`: a network that takes sampling steps in a model's place.
@Command(
    name = "shortcut",
    description =
        "Train a shortcut network for a model, which then takes most of the steps of a picture in"
            + " its place (--full-steps, --speed). It learns while the model samples pictures of"
            + " prompts: nothing is stored of them. It is written into the model's folder and used"
            + " from then on. Stop it at any time; started again it goes on where it was.",
    footer = {
      "",
      "Example: ./dimoo train shortcut",
      "         ./dimoo generate \"a fox\" --full-steps 14",
      "Example: ./dimoo train shortcut --model lumina --prompts prompts.txt --pictures 1",
      "",
      "Environment: DIMOO_RUNS (the folder in which runs lie)."
    })
final class TrainShortcutCommand implements Runnable {

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model that learns to skip steps; its weights stay as they are (default: the pocket"
              + " model that comes with dimoo).")
  private @Nullable String model;

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "What it draws: a sentence on each line, or a JSON object with a field prompt; - is"
              + " standard input. For each picture one is drawn at random (default: for the pocket"
              + " model captions of its world without end; other models need a file).")
  private @Nullable Path prompts;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The folder in which shortcut.safetensors is written, every few hundred steps and at the"
              + " end (default: the model's, where it is used at once).")
  private @Nullable Path output;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where the run's state, its logs for TensorBoard and its sheets of pictures lie (default:"
              + " shortcut-NAME in $DIMOO_RUNS, else in ~/.local/state/dimoo/runs, by the name of"
              + " the model's folder).")
  private @Nullable Path folder;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description =
          "Pictures that form side by side, 1 or more: a training step learns from the next"
              + " sampling step of each (default: ${DEFAULT-VALUE}).")
  private int pictures = 8;

  @Mixin private final LearningOptions learning = new LearningOptions(5000);
  @Mixin private final SizeOptions size = new SizeOptions();

  @Mixin
  private final SamplingOptions sampling =
      new SamplingOptions(
          SamplingKind.PICTURE,
          SamplingTable.SEED,
          SamplingTable.FULL_STEPS,
          SamplingTable.SPEED,
          SamplingTable.CACHE,
          SamplingTable.CACHE_RATIO,
          SamplingTable.WARMUP_RATIO,
          SamplingTable.REFRESH_INTERVAL);

  @Mixin
  private final ConductOptions conduct =
      new ConductOptions(new FormatOptions.Plain(), new RankOptions.Plain());

  TrainShortcutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    conduct.check();
    learning.check();
    TrainCommand.require(spec, "--pictures", pictures, 1);
    requireAlone();
    Path base = OpeningOptions.locate(model);
    PromptSource source = TrainingPrompts.of(prompts, base, learning.seed);
    TextToImage asked =
        TextToImage.of("any")
            .build()
            .withSize(size.width, size.height)
            .withSampling(sampling.sampling(Sampling.DEFAULT));
    ShortcutRecipe recipe =
        ShortcutRecipe.of(learning.rate(usualRate(base)), pictures, learning.seed);
    ShortcutPhase phase =
        new ShortcutPhase(
            base, source, asked, recipe, output == null ? base : output, learning.prompts);
    RunFolder run = folder == null ? usual(base) : new RunFolder(folder);
    conduct.carryOut(terminal, run, how -> new Run(run, List.of(phase)).all(how));
    terminal.out().println(phase.file());
  }

  private static double usualRate(Path base) {
    try (Checkpoint checkpoint = Checkpoint.open(base)) {
      return ShortcutRecipe.usualRate(TransformerConfig.of(checkpoint).dModel());
    }
  }

  private void requireAlone() {
    int world = conduct.ranks().world();
    if (world > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--world is " + world + "; a shortcut network is trained by one process: leave it out.");
    }
  }

  private static RunFolder usual(Path base) {
    String name = base.toAbsolutePath().normalize().getFileName().toString();
    return RunFolder.ofRecipe("shortcut-" + name, System.getenv());
  }
}
