package ai.dimoo.app;

import ai.dimoo.train.runs.FullPhase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo train full`: all weights of a model, on own data.
@Command(
    name = "full",
    description =
        "Train all weights of a model further on data that `dimoo prepare` wrote, and write a model"
            + " of its own. It takes five float32 copies of the weights of memory; an adapter"
            + " (`dimoo train lora`) takes far less. Stop it at any time; started again it goes on"
            + " where it was.",
    footer = {
      "",
      "Example: ./dimoo prepare photos tokens",
      "         ./dimoo train full tokens -o stars --prompt \"a star\"",
      "         ./dimoo generate \"a star\" --model stars"
    })
final class TrainFullCommand implements Runnable {

  private static final double USUAL_RATE = 1e-4;

  private final Terminal terminal;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description =
          "Where the model is written, in the published layout, every few hundred steps and at the"
              + " end: an average of the last hundred steps or so. What the run needs to go on lies"
              + " in its folder `run`.")
  private @Nullable Path output;

  @Mixin private final OwnDataOptions own = new OwnDataOptions();

  @Mixin
  private final ConductOptions conduct =
      new ConductOptions(new FormatOptions.Plain(), new RankOptions.Plain());

  TrainFullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    conduct.check();
    own.check(conduct.ranks().world());
    own.carryOut(terminal, conduct, new FullPhase(own.tuning(USUAL_RATE, conduct, output)));
  }
}
