package ai.dimoo.train.lora;

import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.LowRank;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.transformer.MaskedLoss;
import ai.dimoo.train.transformer.MicroBatches;
import ai.dimoo.train.transformer.TokenBatch;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Trains changes of low rank to the seven projections of every block (Hu et al., "LoRA", arXiv
/// 2106.09685): A begins random, B at zero, so that the model is at first what it was. Base weights
/// are frozen and stay as they are stored, each converted for its product where it is stored in
/// another number format; the changes are float32 and learn by AdamW.
///
/// Every draw of a step depends on the step alone. Not thread-safe; call it from one platform
/// thread.
public final class LoraTrainer implements Trainer {

  /// Tokens that are computed at once, padding included.
  private static final int MICRO_BATCH_TOKENS = 8192;

  private final TransformerConfig config;
  private final LoraRecipe recipe;
  private final ExampleSource source;
  private final int pad;
  private final ScalarType computeType;
  private final Dtype dtype;
  private final Device device;
  private final Weights placed;
  private final Weights stored;
  private final Parameters changes;
  private final AdamW optimiser;
  private long step;

  /// @param placed the base model's embedding and norms, in the number format to compute in
  /// @param stored its other weights, as they are stored; both stay the caller's to close, later
  /// @param pad the token that fills up shorter sequences of a batch
  public LoraTrainer(
      TransformerConfig config,
      Weights placed,
      Weights stored,
      LoraRecipe recipe,
      ExampleSource source,
      int pad,
      Dtype dtype,
      Device device) {
    this.config = config;
    this.recipe = recipe;
    this.source = source;
    this.pad = pad;
    this.dtype = dtype;
    this.computeType = dtype.scalarType();
    this.device = device;
    this.placed = new FrozenWeights(placed);
    this.stored = new FrozenWeights(stored);
    changes =
        Parameters.of(weights -> model(weights).close(), LoraTrainer::learns, this.placed, device);
    optimiser = new AdamW(changes, recipe.optimiser());
    initialise();
  }

  private static boolean learns(String name) {
    return LoraAdapter.isChange(name);
  }

  /// @param weights the changes
  private Transformer model(Weights weights) {
    LoraConfig adapter = recipe.adapter();
    Linears changed =
        Linears.changed(
            Linears.widened(stored, dtype),
            (name, out, in) ->
                TensorNames.isInBlock(name)
                    ? cast(
                        LoraAdapter.change(weights, name, out, in, adapter.rank(), adapter.scale()))
                    : null);
    return new Transformer(config, placed, changed, Attention.EXPLICIT);
  }

  private LowRank cast(LowRank change) {
    return new LowRank(change.a().to(computeType), change.b().to(computeType), change.scale());
  }

  /// PEFT's beginning: A uniform within 1/√in, B zero.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      changes.initialise((name, weight) -> {
        if (LoraAdapter.isA(name)) {
          double bound = 1 / Math.sqrt(weight.size(1));
          Parameters.drawn(weight, drawn -> drawn.uniform_(-bound, bound, random.generator()));
        }
      });
    }
  }

  /// One step. Reports `loss`, the mean cross-entropy over the hidden targets in nats;
  /// `gradient_norm`, before clipping; `learning_rate`.
  @Override
  public Map<String, Double> train() {
    try (PointerScope scope = new PointerScope()) {
      List<TrainingExample> examples = source.examples(step, 0);
      double whole = examples.stream().mapToDouble(TrainingExample::labelWeight).sum();
      double loss = 0;
      try (Transformer model = model(changes)) {
        for (List<TrainingExample> some : MicroBatches.of(examples, MICRO_BATCH_TOKENS)) {
          try (PointerScope part = new PointerScope()) {
            TokenBatch batch = TokenBatch.of(some, pad, device);
            Tensor share =
                recipe.recompute()
                    ? MaskedLoss.backwardRecomputing(model, batch, whole)
                    : MaskedLoss.backward(model, batch, whole);
            loss += share.item_float();
          }
        }
      }
      double rate = recipe.learningRate().at(step);
      double norm = optimiser.step(rate);
      step++;
      return Map.of(LOSS, loss, "gradient_norm", norm, "learning_rate", rate);
    }
  }

  /// Writes the adapter as it is now.
  public void write(Path folder) {
    LoraAdapter.write(folder, recipe.adapter(), changes.named());
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public void save(Path file) {
    try (PointerScope scope = new PointerScope()) {
      state().write(file);
    }
  }

  @Override
  public void restore(Path file) {
    if (Files.exists(file)) {
      try (PointerScope scope = new PointerScope()) {
        step = state().restore(file).get(TrainingState.STEP);
        optimiser.resumeAt(step);
      }
    }
  }

  private TrainingState state() {
    return new TrainingState()
        .count(TrainingState.STEP, step)
        .tensors("weight", changes.named())
        .tensors("mean", changes.views(optimiser.mean()))
        .tensors("mean_square", changes.views(optimiser.meanSquare()));
  }

  @Override
  public void close() {
    optimiser.close();
    changes.close();
  }
}
