package ai.dimoo.train.source;

import java.util.List;

/// Where training examples come from.
@FunctionalInterface
public interface ExampleSource {

  /// The examples of a step: a pure function of the step and the rank, so that a resumed run sees
  /// the same data. Called from one thread at a time.
  ///
  /// @param step counted from 0
  /// @param rank which of several machines asks, from 0; each sees data of its own
  List<TrainingExample> examples(long step, int rank);
}
