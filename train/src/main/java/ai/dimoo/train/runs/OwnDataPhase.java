package ai.dimoo.train.runs;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TrainingMemory;
import java.nio.file.Path;

/// Trains something of a model further on prepared data.
public sealed interface OwnDataPhase extends Phase permits FullPhase, LoraPhase {

  /// The folder of the model that it begins with, which stays as it is.
  Path model();

  /// The folder of the prepared data.
  Path data();

  /// How it is trained.
  OwnDataRecipe recipe();

  /// What decides the result besides the model and the data, in words: a run goes on with the same
  /// alone.
  String terms();

  /// What of the model learns.
  TrainingMemory.Learning learning();

  @Override
  default boolean parallel() {
    return true;
  }

  /// What the training would take of memory.
  ///
  /// @throws ai.dimoo.error.UserException if the model or the data cannot be used
  default TrainingMemory memory(Dtype dtype) {
    try (OwnedParts open = new OwnedParts()) {
      return OwnData.open(open, this).memory(dtype);
    }
  }
}
