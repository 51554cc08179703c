package ai.dimoo.train.transformer;

import ai.dimoo.train.optim.GradientBuckets;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/// The loss and the gradient of a step's batch, which ranks share and each computes in
/// micro-batches.
///
/// @param config of the model
/// @param pad the token that fills up shorter sequences of a micro-batch
/// @param recompute whether the activations of each block are computed again in the backward pass
/// @param device where the model lies
public record BatchGradient(
    TransformerConfig config, ExampleSource source, int pad, boolean recompute, Device device) {

  /// An example of a micro-batch.
  ///
  /// @param place in the step's batch of all ranks, from 0
  public record Placed(int place, TrainingExample example) {}

  /// Has a model compute a micro-batch.
  @FunctionalInterface
  public interface Pass {

    /// @param part the micro-batch
    /// @param loss of a model: its share of the batch's loss, the gradient of which is added to the
    ///   weights' gradients
    /// @return what `loss` said
    double of(List<Placed> part, ToDoubleFunction<Transformer> loss);
  }

  /// Adds the gradient of all ranks' examples of a step to the weights' gradients. All ranks call
  /// it at once; one with fewer micro-batches than others takes part in their sums.
  ///
  /// @param buckets get the gradients
  /// @return the mean loss over the labels of all ranks' examples
  public double add(long step, Ranks ranks, GradientBuckets buckets, Pass pass) {
    return add(step, ranks, buckets, null, pass);
  }

  /// The same towards the predictions of another model, the teacher, in place of the examples'
  /// labels.
  public double add(
      long step, Ranks ranks, GradientBuckets buckets, @Nullable Transformer teacher, Pass pass) {
    List<TrainingExample> examples = source.examples(step, new Share(ranks.rank(), ranks.count()));
    double whole = ranks.sum(examples.stream().mapToDouble(TrainingExample::labelWeight).sum());
    List<List<TrainingExample>> parts =
        MicroBatches.of(examples, TrainingMemory.MICRO_BATCH_TOKENS);
    double loss = 0;
    for (int i = 0; ranks.any(i < parts.size()); i++) {
      if (i >= parts.size()) {
        MaskedLoss.backwardOfNothing(config, buckets);
        continue;
      }
      List<TrainingExample> some = parts.get(i);
      try (PointerScope scope = new PointerScope()) {
        TokenBatch batch = TokenBatch.of(some, pad, device);
        loss +=
            pass.of(
                placed(some, examples, ranks),
                model ->
                    MaskedLoss.backward(model, teacher, batch, whole, recompute, buckets)
                        .item_float());
      }
    }
    return ranks.sum(loss);
  }

  /// @param examples this rank's share of the step's batch, every so many-th of it
  private static List<Placed> placed(
      List<TrainingExample> some, List<TrainingExample> examples, Ranks ranks) {
    return some.stream()
        .map(one -> new Placed(examples.indexOf(one) * ranks.count() + ranks.rank(), one))
        .toList();
  }
}
