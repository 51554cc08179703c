package ai.dimoo.train.runs;

import ai.dimoo.linear.WeightFormat;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.transformer.TrainingMemory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trains something of a model further on prepared data.
public sealed interface OwnDataPhase extends Phase permits FullPhase, LoraPhase {

  /// The model, the data and how it is trained.
  FineTuning tuning();

  /// The folders of prepared data of which the model is to predict what it did before; may be
  /// empty.
  default List<Path> preserved() {
    return List.of();
  }

  /// What decides the result besides the model and the data, in words: a run goes on with the same
  /// alone.
  String terms();

  /// In how few bits the matrices of the model's blocks are held meanwhile.
  ///
  /// @param stored in how few the checkpoint has them; null: plain
  /// @return null: plain
  /// @throws ai.dimoo.error.UserException if it cannot be trained so
  @Nullable WeightFormat held(TorchDevice device, @Nullable WeightFormat stored);

  /// What of the model learns.
  ///
  /// @param held in how few bits its matrices are; null: plain
  TrainingMemory.Learning learning(@Nullable WeightFormat held);

  @Override
  default boolean parallel() {
    return true;
  }

  /// What the training would take of memory.
  ///
  /// @throws ai.dimoo.error.UserException if the model or the data cannot be used
  default TrainingMemory memory(TorchDevice device, Dtype dtype) {
    try (OwnedParts open = new OwnedParts()) {
      return OwnData.open(open, this, device).memory(dtype);
    }
  }
}
