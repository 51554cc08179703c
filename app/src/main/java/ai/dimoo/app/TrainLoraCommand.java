package ai.dimoo.app;

import static ai.dimoo.memory.FreeMemory.gigabytes;

import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.lora.LoraMemory;
import ai.dimoo.train.lora.LoraRecipe;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.runs.Conduct;
import ai.dimoo.train.runs.LoraPhase;
import ai.dimoo.train.runs.Run;
import ai.dimoo.train.runs.RunFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `dimoo train lora`: an adapter to a model, on own data.
@Command(
    name = "lora",
    description =
        "Train an adapter (LoRA) to a model on data that `dimoo prepare` wrote: the model stays as it"
            + " is, changes of low rank to its projections learn. Stop it at any time; started again it"
            + " goes on where it was.",
    footer = {
      "",
      "Example: ./dimoo prepare photos tokens",
      "         ./dimoo train lora tokens -o adapter --prompt \"a star\"",
      "         ./dimoo generate \"a star\" --lora adapter"
    })
final class TrainLoraCommand implements Runnable {

  private static final double WEIGHT_DECAY = 0.01;

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description = "A folder that `dimoo prepare` wrote.")
  private @Nullable Path data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description =
          "Where the adapter is written, in the files of Hugging Face's PEFT, every few hundred steps"
              + " and at the end. What the run needs to go on lies in its folder `run`.")
  private @Nullable Path output;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model that it is for (default: the pocket model that comes with dimoo).")
  private @Nullable String model;

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
          "Share of a layer's inputs that its change does not see in a step, others each time: 0 to below"
              + " 1. Helps where few pictures are seen often (default: ${DEFAULT-VALUE}, all are seen).")
  private double dropout;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps in all, 1 or more (default: ${DEFAULT-VALUE}).")
  private int steps = 500;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Records a step, 1 or more (default: ${DEFAULT-VALUE}).")
  private int batch = 8;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "The rate after a warm-up of 20 steps, above 0; it falls over the last fifth (default:"
              + " ${DEFAULT-VALUE}).")
  private double learningRate = 1e-3;

  @Option(
      names = "--answer-length",
      paramLabel = "N",
      description = "Tokens of an answer, its end included, 2 or more (default: ${DEFAULT-VALUE}).")
  private int answerLength = 64;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description =
          "A sentence whose picture is shown every 500 steps and at the end, without the adapter and"
              + " with it; may be given several times (default: none).")
  private List<String> prompts = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the first weights and of the examples (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where to compute: auto, cpu, cuda, cuda:1 or mps (default: auto).")
  private String device = "auto";

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "Number format of the computation, bfloat16 or float32; the model's weights stay as they are"
              + " stored, the adapter learns in float32 (default: bfloat16 where the hardware has it,"
              + " else float32).")
  private @Nullable String dtype;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--save-interval",
      paramLabel = "STEPS",
      description = "Steps between two saved states (default: 100).")
  private int saveInterval = (int) Conduct.SAVE_INTERVAL;

  @Option(
      names = "--recompute",
      description =
          "Compute the activations of each block again in the backward pass: a third more work for"
              + " the memory of one block's activations.")
  private boolean recompute;

  @Option(
      names = "--adopt-recipe",
      description =
          "Go on with a run that was begun with other settings or other data: with more steps, for"
              + " instance.")
  private boolean adoptRecipe;

  @Option(
      names = "--plan",
      description =
          "Print what of memory the training would take, part by part, and what is free, and do no"
              + " more. A training that does not fit is refused in any case (default: off).")
  private boolean plan;

  TrainLoraCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    require("--rank", rank, 1);
    require("--steps", steps, 1);
    require("--batch", batch, 1);
    require("--answer-length", answerLength, 2);
    require("--threads", threads, 1);
    require("--save-interval", saveInterval, 1);
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new ParameterException(
          spec.commandLine(), "--learning-rate is " + learningRate + "; it must be above 0.");
    }
    if (alpha != null && !(alpha > 0 && Double.isFinite(alpha))) {
      throw new ParameterException(
          spec.commandLine(), "--alpha is " + alpha + "; it must be above 0.");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--dropout is " + dropout + "; it must be from 0 to below 1.");
    }
    if (plan) {
      plan();
      return;
    }
    RunFolder run = new RunFolder(output.resolve("run"));
    boolean complete;
    try (EngineThread engine = new EngineThread("train", threads);
        TrainingFollower follower = new TrainingFollower(run, terminal)) {
      complete = engine.call(() -> train(run, follower));
    }
    TrainCommand.requireComplete(complete);
    terminal.out().println(output);
  }

  private void require(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; it must be at least " + least + ".");
    }
  }

  private void plan() {
    LoraMemory memory;
    try (EngineThread engine = new EngineThread("train", threads)) {
      memory = engine.call(() -> phase().memory(dtype()));
    }
    memory
        .parts()
        .forEach(part ->
            terminal.out().println("%-36s %8s".formatted(part.name(), gigabytes(part.bytes()))));
    terminal.out().println("%-36s %8s".formatted("together", gigabytes(memory.bytes())));
    terminal
        .out()
        .println(
            "%d tokens at once, %d in the longest record"
                .formatted(memory.tokens(), memory.longest()));
    if (TorchDevice.find(device).isCpu()) {
      FreeMemory free = FreeMemory.now();
      terminal
          .out()
          .println("%s are free in %s".formatted(gigabytes(free.bytes()), free.limitedBy()));
      memory.require(free);
    }
  }

  private boolean train(RunFolder run, TrainingFollower follower) {
    TorchDevice place = TorchDevice.find(device);
    Conduct conduct = new Conduct(dtype(), place, saveInterval, recompute, adoptRecipe, follower);
    return new Run(run, List.of(phase())).all(conduct);
  }

  private Dtype dtype() {
    return dtype == null ? Dtype.preferredOn(TorchDevice.find(device)) : Dtype.named(dtype);
  }

  private LoraPhase phase() {
    Path base = ModelOptions.locate(model);
    LoraConfig adapter =
        new LoraConfig(
            rank, alpha == null ? rank : alpha, false, dropout, base.getFileName().toString());
    LoraRecipe recipe =
        new LoraRecipe(
            adapter,
            new LearningRate(learningRate, 20, steps, 0.2),
            new AdamW.Settings(0.9, 0.99, 1e-8, WEIGHT_DECAY, 1.0),
            batch,
            answerLength,
            recompute,
            seed);
    return new LoraPhase(base, data, recipe, output, prompts);
  }
}
