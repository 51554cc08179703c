package ai.dimoo.train.source;

import java.util.List;

/// Where training examples come from.
@FunctionalInterface
public interface ExampleSource {

  /// Examples of a step: a pure function of the step and the share, so that a resumed run sees the
  /// same data. Called from one thread at a time.
  ///
  /// @param step counted from 0
  /// @param share which of the step's examples; however they are shared out, they are the same
  List<TrainingExample> examples(long step, Share share);
}
