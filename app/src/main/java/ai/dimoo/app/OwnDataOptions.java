package ai.dimoo.app;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.memory.FreeMemory;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.runs.FineTuning;
import ai.dimoo.train.runs.OwnDataPhase;
import ai.dimoo.train.runs.Run;
import ai.dimoo.train.runs.RunFolder;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TrainingMemory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What every training of a model on own data takes, and how it is carried out.
final class OwnDataOptions {

  /// Ranks for which a plan says what one takes, of 2, 4 and so on.
  private static final int MOST_PLANNED = 8;

  private static final double WEIGHT_DECAY = 0.01;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "DATA",
      description =
          "A folder that `dimoo prepare` wrote; of several, each has the same share in what is seen,"
              + " however many records it holds.")
  private List<Path> data = List.of();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model to begin with, which stays as it is (default: the pocket model that comes with"
              + " dimoo).")
  private @Nullable String model;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Records a step, 1 or more (default: ${DEFAULT-VALUE}).")
  private int batch = 8;

  @Option(
      names = "--answer-length",
      paramLabel = "N",
      description = "Tokens of an answer, its end included, 2 or more (default: ${DEFAULT-VALUE}).")
  private int answerLength = 64;

  @Option(
      names = "--plan",
      description =
          "Print what of memory the training would take, part by part, and what is free, and do no"
              + " more. A training that does not fit is refused in any case (default: off).")
  private boolean plan;

  @Mixin final LearningOptions learning = new LearningOptions(500);

  /// Refuses numbers that are out of range.
  ///
  /// @param processes each has an example of every step; looked at before one waits for the others
  void check(int processes) {
    learning.check();
    require("--batch", batch, processes);
    require("--answer-length", answerLength, 2);
  }

  /// Refuses a number that is too small.
  void require(String option, int value, int least) {
    TrainCommand.require(spec, option, value, least);
  }

  /// The model, the data and how it is trained.
  ///
  /// @param usualRate the learning rate unless another was given
  FineTuning tuning(double usualRate, ConductOptions conduct, Path output) {
    OwnDataRecipe recipe =
        new OwnDataRecipe(
            learning.rate(usualRate),
            new AdamW.Settings(0.9, 0.99, 1e-8, WEIGHT_DECAY, 1.0),
            batch,
            answerLength,
            conduct.recompute,
            learning.seed);
    return new FineTuning(OpeningOptions.locate(model), data, recipe, output, learning.prompts);
  }

  /// Trains, or only tells what it would take. The run lies in the output's folder `run`.
  void carryOut(Terminal terminal, ConductOptions conduct, OwnDataPhase phase) {
    if (plan) {
      plan(terminal, conduct, phase);
      return;
    }
    Path output = phase.tuning().output();
    RunFolder run = new RunFolder(output.resolve("run"));
    conduct.carryOut(terminal, run, how -> new Run(run, List.of(phase)).all(how));
    if (conduct.ranks().first()) {
      terminal.out().println(output);
    }
  }

  private void plan(Terminal terminal, ConductOptions conduct, OwnDataPhase phase) {
    int world = conduct.ranks().world();
    TrainingMemory planned =
        conduct.onEngine(() -> phase.memory(conduct.where(), conduct.dtype())).of(world);
    planned.parts().forEach(part -> line(terminal, part.name(), part.bytes()));
    line(terminal, world == 1 ? "together" : "together, of the first rank", planned.bytes());
    for (int ranks = 2; ranks <= MOST_PLANNED; ranks *= 2) {
      line(terminal, "the first of %d ranks".formatted(ranks), planned.of(ranks).bytes());
    }
    terminal
        .out()
        .println(
            "%d tokens at once, %d in the longest record"
                .formatted(planned.tokens(), planned.longest()));
    if (conduct.where().isCpu()) {
      FreeMemory free = FreeMemory.now();
      terminal
          .out()
          .println("%s are free in %s".formatted(gigabytes(free.bytes()), free.limitedBy()));
      planned.require(free);
    }
  }

  private static void line(Terminal terminal, String name, long bytes) {
    terminal.out().println("%-38s %8s".formatted(name, gigabytes(bytes)));
  }
}
