package ai.dimoo.train.lora;

import ai.dimoo.adapter.LoraAdapter;
import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.linear.Linears;
import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamWTrainer;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.transformer.BatchGradient;
import ai.dimoo.train.transformer.BatchGradient.Placed;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/// Trains changes of low rank to the seven projections of every block (Hu et al., "LoRA", arXiv
/// 2106.09685): A begins random, B at zero, so that the model is at first what it was. Base weights
/// are frozen; the changes are float32 and learn by AdamW.
///
/// Beside what is taught there may be examples of what the model is to do as before: of those the
/// loss is how far it is from its own predictions without the changes (as in Li and Hoiem,
/// "Learning without Forgetting", arXiv 1606.09282). Where nothing has changed it has no gradient,
/// not even a noisy one, as the examples' own labels would have.
///
/// Every draw of a step depends on the step alone. Where several ranks train, each computes its
/// share of a step's examples, and all take every step and save at once; the losses are those of
/// one process but for rounding. Not thread-safe; call it from one platform thread.
public final class LoraTrainer extends AdamWTrainer {

  private final LoraConfig adapter;
  private final OwnDataRecipe recipe;
  private final LoraModel model;
  private final BatchGradient batch;
  private final @Nullable BatchGradient preserved;
  private final @Nullable Transformer unchanged; // the teacher of what is preserved

  /// @param placed the base model's embedding and norms, in the number format to compute in
  /// @param base its linear layers, each asked for once, through which gradients by their input go;
  ///   both stay the caller's to close, later
  /// @param adapter its rank and alpha
  /// @param source what is taught
  /// @param preserving what the model is to do as before; null: there is nothing of the kind
  /// @param pad the token that fills up shorter sequences of a batch
  /// @param ranks that train together; they stay the caller's
  public LoraTrainer(
      TransformerConfig config,
      Weights placed,
      Linears base,
      LoraConfig adapter,
      OwnDataRecipe recipe,
      ExampleSource source,
      @Nullable ExampleSource preserving,
      int pad,
      Dtype dtype,
      Ranks ranks,
      Device device) {
    LoraModel model =
        new LoraModel(config, Weights.once(placed), Linears.once(base), adapter, dtype);
    super(
        Parameters.of(
            weights -> model.with(weights, null).close(),
            LoraAdapter::isChange,
            model.placed(),
            ranks,
            device),
        recipe.optimiser());
    this.adapter = adapter;
    this.recipe = recipe;
    this.model = model;
    batch = new BatchGradient(config, source, pad, recipe.recompute(), device);
    preserved =
        preserving == null
            ? null
            : new BatchGradient(config, preserving, pad, recipe.recompute(), device);
    unchanged = preserving == null ? null : model.unchanged();
    initialise();
  }

  /// PEFT's beginning: A uniform within 1/√in, B zero.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters()
          .initialise((name, weight) -> {
            if (LoraAdapter.isA(name)) {
              double bound = 1 / Math.sqrt(weight.size(1));
              Parameters.drawn(weight, drawn -> drawn.uniform_(-bound, bound, random.generator()));
            }
          });
    }
  }

  /// One step. Reports `loss`, the mean cross-entropy over the hidden targets in nats;
  /// `gradient_norm`, before clipping; `learning_rate`; and `drift`, where something is preserved:
  /// the mean divergence from the model without the changes, in nats.
  @Override
  public Map<String, Double> train() {
    try (PointerScope scope = new PointerScope()) {
      BatchGradient.Pass pass =
          (part, of) -> {
            try (Transformer changed = model.with(parameters(), dropout(part))) {
              return of.applyAsDouble(changed);
            }
          };
      Map<String, Double> told = new HashMap<>();
      told.put(LOSS, batch.add(step(), parameters().ranks(), parameters(), pass));
      if (preserved != null) {
        told.put(
            "drift", preserved.add(step(), parameters().ranks(), parameters(), unchanged, pass));
      }
      double rate = recipe.learningRate().at(step());
      double norm = optimiser().step(rate);
      stepTaken();
      told.put("gradient_norm", norm);
      told.put("learning_rate", rate);
      return told;
    }
  }

  /// @param part what is computed at once
  private @Nullable InputDropout dropout(List<Placed> part) {
    double share = adapter.dropout();
    return share == 0 ? null : new InputDropout(share, recipe.seed(), step(), part);
  }

  @Override
  public void close() {
    if (unchanged != null) {
      unchanged.close();
    }
    super.close();
  }

  /// Writes the adapter as it is now.
  public void write(Path folder) {
    LoraAdapter.write(folder, adapter, parameters().named());
  }
}
