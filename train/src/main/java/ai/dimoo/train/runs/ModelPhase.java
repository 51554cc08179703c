package ai.dimoo.train.runs;

import ai.dimoo.error.UserException;
import java.util.List;

/// Writes the model of what is trained: the last stage's weights and the VQ model. It is never
/// done: either may have gone on since.
///
/// @param last the stage whose weights it takes
public record ModelPhase(TransformerPhase last) implements Phase {

  @Override
  public String name() {
    return "model";
  }

  @Override
  public List<String> needs() {
    return List.of(VqPhase.NAME, last.name());
  }

  @Override
  public boolean parallel() {
    return true;
  }

  /// Of several ranks the first writes.
  ///
  /// @throws UserException if the folder cannot be written
  @Override
  public boolean run(RunFolder run, Conduct conduct) {
    if (conduct.ranks().first()) {
      last.write(run, conduct);
    }
    return true;
  }
}
