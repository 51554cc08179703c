package ai.dimoo.app;

import ai.dimoo.train.pocket.PictogramRecipe;
import ai.dimoo.train.runs.Conduct;
import ai.dimoo.train.runs.KeptTraining;
import ai.dimoo.train.runs.Phase;
import ai.dimoo.train.runs.Run;
import ai.dimoo.train.runs.RunFolder;
import ai.dimoo.train.worlds.pictograms.things.IconFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `dimoo train pocket`: trains the pocket model by its recipe.
@Command(
    name = "pocket",
    description =
        "Train the pocket model from nothing, phase by phase: tokenizer, tiles (which code stands"
            + " for which pixels), vq (the VQ model), transformer, model (what is written). Stop it"
            + " at any time (Ctrl-C, or kill it); started again it goes on where it was.",
    footer = {
      "",
      "Example: ./dimoo train pocket",
      "Example: ./dimoo train pocket --phase vq",
      "Example: ./dimoo train pocket --from models/pocket",
      "",
      "Environment: DIMOO_RUNS (the folder in which runs lie)."
    })
final class TrainPocketCommand implements Runnable {

  private static final String RECIPE = "pocket";

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where the run's state, its logs for TensorBoard and its sheets of pictures lie, a folder"
              + " a phase (default: pocket in $DIMOO_RUNS, else in ~/.local/state/dimoo/runs).")
  private @Nullable Path folder;

  @Option(
      names = "--phase",
      paramLabel = "NAME",
      description =
          "Go on with this phase alone. What it needs must be done; different phases of one run may"
              + " be at work at once (default: all that is not done, one after another).")
  private @Nullable String phase;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Where the model is written as it trains, in the published layout (default: model in the"
              + " run's folder).")
  private @Nullable Path output;

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description =
          "Begin where the run was that wrote this model: with its words, codes and averaged"
              + " weights. For a run whose folder is lost, or is to go on elsewhere (default: a run"
              + " from nothing, or the one that is in the folder).")
  private @Nullable Path from;

  @Mixin
  private final ConductOptions conduct =
      new ConductOptions(new FormatOptions.Plain(), new RankOptions.Plain());

  TrainPocketCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    conduct.check();
    if (from != null && conduct.ranks().world() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--from is the work of one process; leave out --world until the run has begun.");
    }
    IconFolder.fetch();
    RunFolder run =
        folder == null ? RunFolder.ofRecipe(RECIPE, System.getenv()) : new RunFolder(folder);
    Path model = output == null ? run.of("model") : output;
    conduct.carryOut(terminal, run, how -> train(run, model, how));
    if (conduct.ranks().first()) {
      terminal.out().println(phase == null ? model : run.of(phase));
    }
  }

  private boolean train(RunFolder run, Path model, Conduct conduct) {
    List<Phase> phases = new PictogramRecipe().phases(model);
    if (from != null) {
      try (KeptTraining kept = KeptTraining.of(from)) {
        kept.handOver(run, phases, conduct);
      }
    }
    Run training = new Run(run, phases);
    return phase == null ? training.all(conduct) : training.only(phase, conduct);
  }
}
