package ai.dimoo.app;

import ai.dimoo.train.optim.LearningRate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How long and how fast something learns for a model that is there already, and what is shown of
/// it.
final class LearningOptions {

  private static final int WARM_UP = 20;
  private static final double DECAY_SHARE = 0.2;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Training steps in all, 1 or more (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "The rate after a warm-up of 20 steps, above 0; it falls over the last fifth (default:"
              + " 0.001 for lora, 0.0001 for full; for shortcut 0.4 divided by the width of the"
              + " model, 0.001 at most).")
  private @Nullable Double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what is drawn at random (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description =
          "A sentence whose picture is shown every 500 steps and at the end, as the model makes it"
              + " without what is learned and with it; may be given several times (default: none).")
  List<String> prompts = List.of();

  /// @param steps unless told otherwise
  LearningOptions(int steps) {
    this.steps = steps;
  }

  /// Refuses numbers that are out of range.
  void check() {
    TrainCommand.require(spec, "--steps", steps, 1);
    RepeatedSeed.require(seed);
    if (learningRate != null) {
      requirePositive("--learning-rate", learningRate);
    }
  }

  /// Refuses a number that is not above 0.
  void requirePositive(String option, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          option + " is " + value + "; it must be above 0.");
    }
  }

  /// The rate of each step.
  ///
  /// @param usual peak where none is given
  LearningRate rate(double usual) {
    double peak = learningRate == null ? usual : learningRate;
    return new LearningRate(peak, WARM_UP, steps, DECAY_SHARE);
  }
}
