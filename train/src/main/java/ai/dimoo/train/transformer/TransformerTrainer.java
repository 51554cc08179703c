package ai.dimoo.train.transformer;

import ai.dimoo.torch.TorchRandom;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.CastWeights;
import ai.dimoo.train.optim.Muon;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains a transformer to predict hidden tokens.
///
/// Float32 master weights, computed in the given dtype; AdamW, with Muon for the blocks' matrices
/// where the recipe wants it; an exponential average of the weights. Every draw of a step depends
/// on the step alone, so a run that was killed and resumed gives the losses of one that was not.
/// Not thread-safe; call it from one platform thread.
public final class TransformerTrainer implements AutoCloseable {

  /// What a step reports.
  ///
  /// @param step counted from 0
  /// @param loss mean cross-entropy over the hidden targets, in nats
  /// @param gradientNorm of what AdamW moves, before clipping
  /// @param learningRate of this step
  public record Progress(long step, double loss, double gradientNorm, double learningRate) {}

  private final TransformerRecipe recipe;
  private final ExampleSource source;
  private final int pad;
  private final ScalarType computeType;
  private final Device device;
  private final Parameters parameters;
  private final AdamW optimiser;
  private final @Nullable Muon muon;
  private final Tensor average; // [count]
  private long step;

  /// @param pad the token that fills up shorter sequences of a batch
  /// @param computeType bfloat16 where the device has it in hardware, else float32
  public TransformerTrainer(
      TransformerRecipe recipe,
      ExampleSource source,
      int pad,
      ScalarType computeType,
      Device device) {
    this.recipe = recipe;
    this.source = source;
    this.pad = pad;
    this.computeType = computeType;
    this.device = device;
    parameters =
        Parameters.of(
            weights -> new Transformer(recipe.config(), weights, Attention.EXPLICIT).close(),
            device);
    optimiser = new AdamW(parameters, recipe.optimiser());
    muon =
        recipe.muonRate() > 0
            ? new Muon(parameters, name -> name.contains("blocks."), computeType)
            : null;
    initialise();
    try (PointerScope scope = new PointerScope()) {
      average = parameters.values().clone().retainReference();
    }
  }

  /// One step.
  public Progress train() {
    try (PointerScope scope = new PointerScope()) {
      TokenBatch batch = TokenBatch.of(source.examples(step, 0), pad, device);
      double rate = recipe.learningRate().at(step);
      Tensor loss;
      try (Transformer model = model(computeType)) {
        loss =
            recipe.recompute()
                ? MaskedLoss.backwardRecomputing(model, batch)
                : MaskedLoss.backward(model, batch);
      }
      if (muon != null) {
        muon.step(rate * recipe.muonRate());
      }
      double norm = optimiser.step(rate);
      updateAverage();
      return new Progress(step++, loss.item_float(), norm, rate);
    }
  }

  /// The average follows quickly at first, so that it does not remember the first random weights.
  private void updateAverage() {
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      double decay = Math.min(recipe.averageDecay(), (1.0 + step) / (10.0 + step));
      average.lerp_(parameters.values(), new Scalar(1 - decay));
    }
  }

  private Transformer model(ScalarType type) {
    return new Transformer(recipe.config(), new CastWeights(parameters, type), Attention.EXPLICIT);
  }

  /// Steps taken so far.
  public long step() {
    return step;
  }

  /// Whether every step was taken.
  public boolean done() {
    return step >= recipe.learningRate().steps();
  }

  /// The averaged weights by name, views that change as training goes on.
  public SequencedMap<String, Tensor> averaged() {
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : parameters.named().entrySet()) {
      Tensor weight = entry.getValue();
      named.put(entry.getKey(), average.narrow(0, offset, weight.numel()).view(weight.sizes()));
      offset += weight.numel();
    }
    return named;
  }

  /// The number of weights.
  public long parameterCount() {
    return average.numel();
  }

  /// Saves the run, whole or not at all.
  public void save(Path file) {
    state().write(file);
  }

  /// Goes on where a saved run stopped, if the file exists.
  public void restore(Path file) {
    step = state().restore(file);
    optimiser.resumeAt(step);
  }

  private TrainingState state() {
    TrainingState state = TrainingState.of(step, parameters, optimiser);
    state.tensors().put("average", average);
    if (muon != null) {
      state.tensors().putAll(muon.means());
    }
    return state;
  }

  /// Normal weights of deviation 0.02, those that write to the residual stream divided by
  /// √(2·layers) (GPT-2's rule); norms begin at one.
  private void initialise() {
    double residual = 0.02 / Math.sqrt(2.0 * recipe.config().nLayers());
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters.initialise((name, weight) -> {
        boolean writes = name.contains("blocks.") && name.contains("_out.");
        if (weight.dim() == 1) {
          weight.fill_(new Scalar(1));
        } else {
          double deviation = writes ? residual : 0.02;
          Parameters.drawn(weight, drawn -> drawn.normal_(0, deviation, random.generator()));
        }
      });
    }
  }

  @Override
  public void close() {
    average.close();
    optimiser.close();
    if (muon != null) {
      muon.close();
    }
    parameters.close();
  }
}
