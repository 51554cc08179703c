package ai.dimoo.train.log;

import ai.dimoo.image.Picture;
import java.util.Map;

/// Follows a training run. Called on the thread that trains.
public interface TrainingListener {

  /// A step is done.
  ///
  /// @param phase what is trained: `vq` or `transformer`
  /// @param step steps done in this phase
  /// @param steps all steps of this phase
  /// @param scalars what was measured in it, by name
  void onStep(String phase, long step, long steps, Map<String, Double> scalars);

  /// A sheet of pictures was made.
  void onSheet(String phase, long step, Picture sheet);

  /// Asked after every step: true saves the run and ends it.
  default boolean stopped() {
    return false;
  }
}
