package ai.dimoo.train.runs;

import ai.dimoo.image.Picture;
import ai.dimoo.torch.TorchRuntime;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.parallel.Ranks;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The loop of every phase that trains: step, tell, save.
///
/// @param phase its name
/// @param trainer what learns
/// @param steps all steps of the phase
/// @param showing what there is to see on the way
record TrainingLoop(String phase, Trainer trainer, long steps, Showing showing) {

  /// Steps between two sheets of pictures.
  private static final long SHEET_INTERVAL = 500;

  /// What a training shows while it goes on.
  interface Showing {

    /// Writes what others can use already: every few hundred steps, when the training is stopped
    /// and at the end. Called on all ranks at once; the first writes.
    void publish();

    /// A sheet of pictures of how far it is; null: there is nothing to see. Asked of the first
    /// rank.
    @Nullable Picture sheet();
  }

  /// Goes on from the saved state to the end, or until the listener stops it: of several ranks that
  /// of any, and all stop after the same step.
  ///
  /// @return whether every step was taken
  boolean run(RunFolder run, Conduct conduct) {
    Path state = run.state(phase);
    TrainingListener listener = conduct.listener();
    Ranks ranks = conduct.ranks();
    trainer.restore(state);
    while (trainer.step() < steps) {
      Map<String, Double> scalars = trainer.train();
      long step = trainer.step();
      boolean last = step == steps;
      boolean stop = ranks.any(listener.stopped());
      listener.onStep(phase, step, steps, scalars);
      if (stop || last || step % conduct.saveInterval() == 0) {
        trainer.save(state);
      }
      if (stop || last || step % SHEET_INTERVAL == 0) {
        showing.publish();
      }
      if (ranks.first() && (last || step % SHEET_INTERVAL == 0)) {
        Picture sheet = TorchRuntime.keepingThreads(showing::sheet);
        if (sheet != null) {
          listener.onSheet(phase, step, sheet);
        }
      }
      if (stop) {
        return last;
      }
    }
    return true;
  }
}
