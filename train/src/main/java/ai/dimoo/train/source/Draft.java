package ai.dimoo.train.source;

import ai.dimoo.sequence.CodeGrid;
import java.util.List;
import java.util.function.Function;

/// A training example whose pictures are still to be encoded, so that those of a whole step can be
/// encoded together.
///
/// @param pictures of the example, in the order in which `finish` takes their codes
/// @param finish makes the example of the codes; called once
public record Draft(List<Layered> pictures, Function<List<CodeGrid>, TrainingExample> finish) {

  /// Copies the list.
  public Draft {
    pictures = List.copyOf(pictures);
  }
}
