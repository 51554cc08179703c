package ai.dimoo.train.bench;

import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.QuantisedLinears;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.OwnedParts;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.lora.LoraTrainer;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TrainingMemory;
import ai.dimoo.train.transformer.TrainingMemory.Learning;
import ai.dimoo.transformer.TransformerConfig;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Steps of training an adapter to random weights of a shape: what they take of memory, beside what
/// is planned for them. The weights are held in the number format that is computed in, or in few
/// bits.
public final class AdapterBench {

  private AdapterBench() {}

  /// @param planned by the rules of `train lora --plan`
  /// @param peak the most memory that this process held, in bytes; null on another system than
  ///   Linux
  /// @param seconds of the last step
  public record Result(TrainingMemory planned, @Nullable Long peak, double seconds) {}

  /// Trains on one picture of the shape's size, all of its tokens hidden.
  ///
  /// @param rank of the adapter, 1 or more
  /// @param recompute whether activations are computed again in the backward pass
  /// @param options device, number format and threads
  /// @param steps at least 1
  public static Result run(
      BenchSubject.Random subject,
      int rank,
      boolean recompute,
      ModelOptions options,
      int steps,
      BenchListener listener) {
    TorchDevice device = TorchDevice.find(options.device());
    Dtype dtype = options.dtypeOn(device);
    WeightFormat few = options.weightsOn(device, null);
    TransformerConfig config = subject.shape().config(subject.layers());
    TrainingExample example = example(subject.shape().layout());
    LoraConfig adapter = new LoraConfig(rank, rank, false, 0, subject.shape().toString());
    OwnDataRecipe recipe =
        new OwnDataRecipe(
                new LearningRate(1e-4, 1, steps, 0), AdamW.Settings.REFERENCE, 1, 1, recompute, 0)
            .over(few);
    int tokens = example.ids().length;
    TrainingMemory planned =
        new TrainingMemory(
            config,
            new Learning.Adapter(rank, few, false),
            dtype,
            dtype,
            recipe.recompute(),
            1,
            tokens,
            1);
    try (EngineThread engine = new EngineThread("bench", options.threadsFor(config.dModel()))) {
      return engine.call(() -> {
        try (OwnedParts open = new OwnedParts()) {
          RandomWeights weights = open.own(new RandomWeights(device, dtype));
          Linears base =
              few == null
                  ? Linears.widened(weights, dtype)
                  : open.own(QuantisedLinears.converting(weights, few, dtype, null, weights::free));
          LoraTrainer trainer =
              open.own(
                  new LoraTrainer(
                      config,
                      weights,
                      base,
                      adapter,
                      recipe,
                      (step, share) -> List.of(example),
                      null,
                      0,
                      dtype,
                      Ranks.ALONE,
                      device.toDevice()));
          double seconds = 0;
          for (int i = 0; i < steps; i++) {
            listener.onWork();
            long start = System.nanoTime();
            trainer.train();
            seconds = (System.nanoTime() - start) / 1e9;
          }
          return new Result(planned, PeakMemory.bytes(), seconds);
        }
      });
    }
  }

  private static TrainingExample example(PictureLayout layout) {
    TokenSequence sequence = layout.sequence();
    int[] ids = sequence.ids().toArray();
    int[] labels = new int[ids.length];
    Arrays.fill(labels, TrainingExample.IGNORED);
    float[] weights = new float[ids.length];
    for (int position : layout.codePositions()) {
      labels[position] = layout.vocabularySize() - 1;
      weights[position] = 1;
    }
    return new TrainingExample(ids, labels, weights);
  }
}
