package ai.dimoo.train.worlds.pictograms.tasks;

import java.util.random.RandomGenerator;

/// An endless supply of samples of a task. Immutable.
@FunctionalInterface
public interface PictureTask {

  /// A sample that depends on the random numbers alone.
  TaskSample draw(RandomGenerator random);
}
