package ai.dimoo.app;

import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.train.runs.FineTuning;
import ai.dimoo.train.runs.LoraPhase;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `dimoo train lora`: an adapter to a model, on own data.
@Command(
    name = "lora",
    description =
        "Train an adapter (LoRA) to a model on data that `dimoo prepare` wrote: the model stays as"
            + " it is, changes of low rank to its projections learn. Stop it at any time; started"
            + " again it goes on where it was.",
    footer = {
      "",
      "Example: ./dimoo prepare photos tokens",
      "         ./dimoo train lora tokens -o adapter --prompt \"a star\"",
      "         ./dimoo generate \"a star\" --lora adapter"
    })
final class TrainLoraCommand implements Runnable {

  private static final double USUAL_RATE = 1e-3;

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description =
          "Where the adapter is written, in the files of Hugging Face's PEFT, every few hundred"
              + " steps and at the end. What the run needs to go on lies in its folder `run`.")
  private @Nullable Path output;

  @Option(
      names = "--rank",
      paramLabel = "N",
      description = "Rank of the changes, 1 or more (default: ${DEFAULT-VALUE}).")
  private int rank = 16;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "What a change is multiplied by, times its rank (default: the rank).")
  private @Nullable Double alpha;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description =
          "Share of a layer's inputs that its change does not see in a step, others each time: 0 to"
              + " below 1. Helps where few pictures are seen often (default: ${DEFAULT-VALUE}, all"
              + " are seen).")
  private double dropout;

  @Option(
      names = "--preserve",
      paramLabel = "DIR",
      description =
          "A folder that `dimoo prepare` wrote of what the model knows: of its records the model is to"
              + " predict what it does without the adapter, as many a step as of DATA. May be given"
              + " several times (default: none; the adapter may then change everything).")
  private List<Path> preserved = List.of();

  @Mixin private final OwnDataOptions own = new OwnDataOptions();

  @Mixin
  private final ConductOptions conduct =
      new ConductOptions(new FormatOptions.OverFrozenWeights(), new RankOptions.BesideAnAdapters());

  TrainLoraCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    conduct.check();
    own.check(conduct.ranks().world());
    own.require("--rank", rank, 1);
    if (alpha != null) {
      own.learning.requirePositive("--alpha", alpha);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--dropout is " + dropout + "; it must be from 0 to below 1.");
    }
    FineTuning tuning = own.tuning(USUAL_RATE, conduct, output);
    String base = tuning.model().getFileName().toString();
    LoraConfig adapter = new LoraConfig(rank, alpha == null ? rank : alpha, false, dropout, base);
    LoraPhase phase = new LoraPhase(tuning, preserved, adapter, conduct.weights());
    own.carryOut(terminal, conduct, phase);
  }
}
