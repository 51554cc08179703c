package ai.dimoo.app;

import ai.dimoo.image.Picture;
import ai.dimoo.train.log.TrainingListener;
import java.util.Map;

/// A rank that takes part in a training of which another tells.
record TrainingRank(Terminal terminal) implements TrainingListener {

  @Override
  public void onStep(String phase, long step, long all, Map<String, Double> scalars) {}

  @Override
  public void onSheet(String phase, long step, Picture sheet) {}

  @Override
  public boolean stopped() {
    return terminal.stop().getAsBoolean();
  }
}
