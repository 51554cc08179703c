package ai.dimoo.train.lora;

import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.Linears;
import ai.dimoo.linear.LowRank;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.Share;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.transformer.MaskedLoss;
import ai.dimoo.train.transformer.MicroBatches;
import ai.dimoo.train.transformer.TokenBatch;
import ai.dimoo.train.transformer.TrainingMemory;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains changes of low rank to the seven projections of every block (Hu et al., "LoRA", arXiv
/// 2106.09685): A begins random, B at zero, so that the model is at first what it was. Base weights
/// are frozen and stay as they are stored, each converted for its product where it is stored in
/// another number format; the changes are float32 and learn by AdamW.
///
/// Every draw of a step depends on the step alone; that of dropout also on the rank. Where several
/// ranks train, each computes its share of a step's examples, and all take every step and save at
/// once. Not thread-safe; call it from one platform thread.
public final class LoraTrainer implements Trainer {

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
  /// @param ranks that train together; they stay the caller's
  public LoraTrainer(
      TransformerConfig config,
      Weights placed,
      Weights stored,
      LoraRecipe recipe,
      ExampleSource source,
      int pad,
      Dtype dtype,
      Ranks ranks,
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
        Parameters.of(
            weights -> model(weights, null).close(),
            LoraTrainer::learns,
            this.placed,
            ranks,
            device);
    optimiser = new AdamW(changes, recipe.optimiser());
    initialise();
  }

  private static boolean learns(String name) {
    return LoraAdapter.isChange(name);
  }

  /// @param weights the changes
  /// @param dropout of the changes' inputs; null: they see all of them
  private Transformer model(Weights weights, @Nullable InputDropout dropout) {
    Linears base = Linears.widened(stored, dtype);
    Linears.Changes changes =
        (name, out, in) -> TensorNames.isInBlock(name) ? change(weights, name, out, in) : null;
    if (dropout == null) {
      return new Transformer(config, placed, Linears.changed(base, changes), Attention.EXPLICIT);
    }
    Linears dropping =
        (name, out, in) -> {
          LinearLayer layer = base.get(name, out, in);
          LowRank change = changes.get(name, out, in);
          return change == null ? layer : new DroppingLinear(layer, change, dropout, name);
        };
    return new Transformer(config, placed, dropping, Attention.EXPLICIT);
  }

  private LowRank change(Weights weights, String name, long out, long in) {
    LoraConfig adapter = recipe.adapter();
    return cast(LoraAdapter.change(weights, name, out, in, adapter.rank(), adapter.scale()));
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
      Ranks ranks = changes.ranks();
      List<TrainingExample> examples =
          source.examples(step, new Share(ranks.rank(), ranks.count()));
      double whole = ranks.sum(examples.stream().mapToDouble(TrainingExample::labelWeight).sum());
      double loss = 0;
      int part = 0;
      for (List<TrainingExample> some :
          MicroBatches.of(examples, TrainingMemory.MICRO_BATCH_TOKENS)) {
        try (PointerScope scopeOfPart = new PointerScope();
            Transformer model = model(changes, dropout(part++))) {
          TokenBatch batch = TokenBatch.of(some, pad, device);
          loss += MaskedLoss.backward(model, batch, whole, recipe.recompute()).item_float();
        }
      }
      loss = ranks.sum(loss);
      changes.sumGradients();
      double rate = recipe.learningRate().at(step);
      double norm = optimiser.step(rate);
      step++;
      return Map.of(LOSS, loss, "gradient_norm", norm, "learning_rate", rate);
    }
  }

  /// @param part of this rank's share of the step's batch
  private @Nullable InputDropout dropout(int part) {
    double share = recipe.adapter().dropout();
    Ranks ranks = changes.ranks();
    int place = part * ranks.count() + ranks.rank();
    return share == 0 ? null : new InputDropout(share, recipe.seed(), step, place);
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
    changes.requireSame("step " + step);
  }

  private TrainingState state() {
    return new TrainingState(changes.ranks())
        .count(TrainingState.STEP, step)
        .tensors("weight", changes.named())
        .keep("mean", optimiser.mean())
        .keep("mean_square", optimiser.meanSquare());
  }

  @Override
  public void close() {
    optimiser.close();
    changes.close();
  }
}
