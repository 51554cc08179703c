package ai.dimoo.train.transformer;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.CastWeights;
import ai.dimoo.train.optim.Muon;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
public final class TransformerTrainer implements Trainer {

  /// Tokens that are computed at once, padding included.
  private static final int MICRO_BATCH_TOKENS = 8192;

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
    muon = recipe.muonRate() > 0 ? new Muon(parameters, TensorNames::isInBlock, computeType) : null;
    initialise();
    try (PointerScope scope = new PointerScope()) {
      average = parameters.values().clone().retainReference();
    }
  }

  /// One step. Reports `loss`, the mean cross-entropy over the hidden targets in nats;
  /// `gradient_norm`, that of what AdamW moves, before clipping; `learning_rate`.
  @Override
  public Map<String, Double> train() {
    try (PointerScope scope = new PointerScope()) {
      double rate = recipe.learningRate().at(step, optimiser.steps());
      double loss = backward(source.examples(step, 0));
      if (muon != null) {
        muon.step(rate * recipe.muonRate());
      }
      double norm = optimiser.step(rate);
      updateAverage();
      step++;
      return Map.of(LOSS, loss, "gradient_norm", norm, "learning_rate", rate);
    }
  }

  /// The loss over the whole batch, its gradient added up over micro-batches.
  private double backward(List<TrainingExample> examples) {
    double whole = examples.stream().mapToDouble(TrainingExample::labelWeight).sum();
    double loss = 0;
    try (Transformer model = model(computeType)) { // casts the weights once for all of them
      for (List<TrainingExample> some : MicroBatches.of(examples, MICRO_BATCH_TOKENS)) {
        try (PointerScope scope = new PointerScope()) {
          TokenBatch batch = TokenBatch.of(some, pad, device);
          Tensor part =
              recipe.recompute()
                  ? MaskedLoss.backwardRecomputing(model, batch, whole)
                  : MaskedLoss.backward(model, batch, whole);
          loss += part.item_float();
        }
      }
    }
    return loss;
  }

  /// The average follows quickly at first, so that it does not remember the first random weights.
  private void updateAverage() {
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      double steps = optimiser.steps() - 1.0; // those of trainings that this one follows too
      double decay = Math.min(recipe.averageDecay(), (1 + steps) / (10 + steps));
      average.lerp_(parameters.values(), new Scalar(1 - decay));
    }
  }

  private Transformer model(ScalarType type) {
    return new Transformer(
        recipe.config(),
        new CastWeights(parameters, type, TensorNames.EMBEDDING),
        Attention.EXPLICIT);
  }

  @Override
  public long step() {
    return step;
  }

  /// The averaged weights by name: views that change as training goes on, in the caller's scope.
  public SequencedMap<String, Tensor> averaged() {
    return parameters.views(average);
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
      step = take(file).get(TrainingState.STEP);
    }
  }

  /// Begins with the weights, moments and average of another training's state, at step 0.
  ///
  /// @throws UserException if there is no such file, or it belongs to another model
  public void follow(Path file) {
    take(file);
    step = 0;
  }

  /// Goes on with averaged weights of which nothing but the weights is left.
  ///
  /// @param taken steps that were taken to get there
  public void goOnWith(Weights weights, long taken) {
    parameters.copy(weights);
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      average.copy_(parameters.values());
    }
    step = taken;
  }

  private Map<String, Long> take(Path file) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Long> counts = state().restore(file);
      optimiser.resumeAt(counts.get(TrainingState.OPTIMISER_STEPS));
      return counts;
    }
  }

  private TrainingState state() {
    TrainingState state =
        new TrainingState()
            .count(TrainingState.STEP, step)
            .count(TrainingState.OPTIMISER_STEPS, optimiser.steps())
            .tensors("weight", parameters.named())
            .tensors("mean", parameters.views(optimiser.mean()))
            .tensors("mean_square", parameters.views(optimiser.meanSquare()))
            .tensors("average", averaged());
    return muon == null ? state : state.tensors("muon_mean", muon.means());
  }

  /// Normal weights of deviation 0.02, those that write to the residual stream divided by
  /// √(2·layers) (GPT-2's rule); norms begin at one.
  private void initialise() {
    double residual = 0.02 / Math.sqrt(2.0 * recipe.config().nLayers());
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters.initialise((name, weight) -> {
        boolean writes = TensorNames.writesToResidual(name);
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
