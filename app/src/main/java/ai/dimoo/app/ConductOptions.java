package ai.dimoo.app;

import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.runs.Conduct;
import ai.dimoo.train.runs.RunFolder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How a training is computed and kept, whatever it learns.
final class ConductOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where to compute: auto, cpu, cuda, cuda:1 or mps (default: auto).")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads to compute with (default: one for each processor). Fewer are quicker where other"
              + " programs are at work too.")
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
  boolean recompute;

  @Option(
      names = "--adopt-recipe",
      description =
          "Go on with a run that was begun with another version's recipe, other settings or other"
              + " data: with more steps, for instance. The losses are then not those of a run from"
              + " nothing.")
  private boolean adoptRecipe;

  @Mixin private final FormatOptions format;
  @Mixin private final RankOptions ranks;

  /// @param format which number formats there are to choose from
  /// @param ranks by which names its processes are told apart
  ConductOptions(FormatOptions format, RankOptions ranks) {
    this.format = format;
    this.ranks = ranks;
  }

  /// Refuses what there is not, and numbers that are out of range.
  void check() {
    format.check();
    ranks.check();
    TrainCommand.require(spec, "--save-interval", saveInterval, 1);
    TrainCommand.require(spec, "--threads", threads, 1);
  }

  /// Trains, and shows how it goes.
  ///
  /// @param training says whether it came to its end
  /// @throws java.util.concurrent.CancellationException if it was stopped
  void carryOut(Terminal terminal, RunFolder run, Predicate<Conduct> training) {
    boolean complete;
    try (EngineThread engine = new EngineThread("train", threads);
        TrainingFollower follower = new TrainingFollower(run, terminal)) {
      TrainingListener listener = ranks.first() ? follower : new TrainingRank(terminal);
      complete = engine.call(() -> together(terminal, listener, training));
    }
    TrainCommand.requireComplete(complete);
  }

  private boolean together(
      Terminal terminal, TrainingListener listener, Predicate<Conduct> training) {
    TorchDevice where = where();
    try (Ranks joined = ranks.join(terminal, where)) {
      return training.test(
          new Conduct(dtype(), where, saveInterval, recompute, adoptRecipe, joined, listener));
    }
  }

  /// The processes that train together.
  RankOptions ranks() {
    return ranks;
  }

  /// Does something with LibTorch that is no training.
  <T> T onEngine(Supplier<T> work) {
    try (EngineThread engine = new EngineThread("train", threads)) {
      return engine.call(work::get);
    }
  }

  /// In which number format it is computed; on the engine's thread.
  Dtype dtype() {
    return format.options().dtypeOn(where());
  }

  /// In how few bits weights that do not learn are held; null: as they are stored.
  @Nullable WeightFormat weights() {
    return format.options().weights();
  }

  /// Where is computed; on the engine's thread.
  TorchDevice where() {
    return TorchDevice.find(device);
  }
}
