package ai.dimoo.train.source;

import java.util.random.RandomGenerator;

/// Makes training examples of one kind, one at a time.
@FunctionalInterface
public interface ExampleMaker {

  /// An example that depends on the arguments alone.
  ///
  /// @param step of the training, from 0: what is easy may come first
  /// @param random for this example only; the draft may go on drawing from it
  Draft draft(long step, RandomGenerator random);
}
