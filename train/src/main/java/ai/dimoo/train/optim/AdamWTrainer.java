package ai.dimoo.train.optim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/// What every trainer here has: weights that learn by AdamW, the number of steps taken, and a state
/// of both that is saved and restored. A trainer with more to keep adds it in [#keep].
public abstract class AdamWTrainer implements Trainer {

  private final Parameters parameters;
  private final AdamW optimiser;
  private long step;

  /// @param parameters what learns; closed with the trainer
  protected AdamWTrainer(Parameters parameters, AdamW.Settings settings) {
    this.parameters = parameters;
    optimiser = new AdamW(parameters, settings);
  }

  /// The weights that learn, in float32.
  public final Parameters parameters() {
    return parameters;
  }

  /// What moves them.
  protected final AdamW optimiser() {
    return optimiser;
  }

  @Override
  public final long step() {
    return step;
  }

  /// Counts a step that was taken.
  protected final void stepTaken() {
    step++;
  }

  /// Goes on as if so many steps had been taken.
  protected final void goOnAt(long taken) {
    step = taken;
  }

  @Override
  public final void save(Path file) {
    try (PointerScope scope = new PointerScope()) {
      state().write(file);
    }
  }

  @Override
  public final void restore(Path file) {
    if (Files.exists(file)) {
      step = take(file);
    }
    parameters.requireSame("step " + step);
  }

  /// Takes everything of a saved state but the number of steps.
  ///
  /// @return the steps that had been taken
  /// @throws ai.dimoo.error.UserException if there is no such file, or it belongs to another model
  protected final long take(Path file) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Long> counts = state().restore(file);
      long taken = counts.get(TrainingState.STEP);
      optimiser.resumeAt(counts.getOrDefault(TrainingState.OPTIMISER_STEPS, taken));
      restored(counts);
      return taken;
    }
  }

  private TrainingState state() {
    TrainingState state =
        new TrainingState(parameters.ranks())
            .count(TrainingState.STEP, step)
            .count(TrainingState.OPTIMISER_STEPS, optimiser.steps())
            .tensors("weight", parameters.named())
            .keep("mean", optimiser.mean())
            .keep("mean_square", optimiser.meanSquare());
    keep(state);
    return state;
  }

  /// Adds what else this trainer needs to go on.
  protected void keep(TrainingState state) {}

  /// Told the counts of a state whose tensors were taken.
  protected void restored(Map<String, Long> counts) {}

  @Override
  public void close() {
    optimiser.close();
    parameters.close();
  }
}
