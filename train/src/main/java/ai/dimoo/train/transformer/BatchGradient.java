package ai.dimoo.train.transformer;

import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.transformer.Transformer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;

/// The loss and the gradient of a step's batch, which ranks share and each computes in
/// micro-batches.
///
/// @param pad the token that fills up shorter sequences of a micro-batch
/// @param recompute whether the activations of each block are computed again in the backward pass
/// @param device where the model lies
public record BatchGradient(ExampleSource source, int pad, boolean recompute, Device device) {

  /// Has a model compute a micro-batch.
  @FunctionalInterface
  public interface Pass {

    /// @param part which of this rank's micro-batches, from 0
    /// @param loss of a model: its share of the batch's loss, the gradient of which is added to the
    ///   weights' gradients
    /// @return what `loss` said
    double of(int part, ToDoubleFunction<Transformer> loss);
  }

  /// Adds the gradient of this rank's examples of a step to the weights' gradients. All ranks call
  /// it at once.
  ///
  /// @return the mean loss over the labels of all ranks' examples
  public double add(long step, Ranks ranks, Pass pass) {
    List<TrainingExample> examples = source.examples(step, new Share(ranks.rank(), ranks.count()));
    double whole = ranks.sum(examples.stream().mapToDouble(TrainingExample::labelWeight).sum());
    double loss = 0;
    int part = 0;
    for (List<TrainingExample> some :
        MicroBatches.of(examples, TrainingMemory.MICRO_BATCH_TOKENS)) {
      try (PointerScope scope = new PointerScope()) {
        TokenBatch batch = TokenBatch.of(some, pad, device);
        loss +=
            pass.of(
                part++, model -> MaskedLoss.backward(model, batch, whole, recompute).item_float());
      }
    }
    return ranks.sum(loss);
  }
}
