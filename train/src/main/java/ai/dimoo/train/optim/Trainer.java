package ai.dimoo.train.optim;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.Map;

/// Something that learns step by step, and whose state can be saved between two steps. Every draw
/// of a step is a function of the step, so one that was saved and restored goes on as if it had
/// never stopped.
///
/// Where several ranks train together, each has a trainer, and all call its methods at once. Not
/// thread-safe; call it from one platform thread. Close it when training ends.
public interface Trainer extends AutoCloseable {

  /// The name under which [#train] reports the loss.
  String LOSS = "loss";

  /// Takes one step.
  ///
  /// @return what was measured in it, by name; [#LOSS] among them
  Map<String, Double> train();

  /// Steps taken so far.
  long step();

  /// Saves the state, whole or not at all; of several ranks the first writes it.
  void save(Path file);

  /// Goes on where a saved state stopped, if the file exists.
  ///
  /// @throws UserException if the file belongs to another model
  void restore(Path file);

  @Override
  void close();
}
