package ai.dimoo.train.transformer;

import java.util.List;

/// Where training examples come from.
@FunctionalInterface
public interface ExampleSource {

  /// The examples of a step: a pure function of the step, so that a resumed run sees the same data.
  ///
  /// @param step counted from 0
  List<TrainingExample> examples(long step);
}
