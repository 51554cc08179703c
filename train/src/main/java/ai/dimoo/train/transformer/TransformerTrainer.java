package ai.dimoo.train.transformer;

import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.optim.AdamWTrainer;
import ai.dimoo.train.optim.CastWeights;
import ai.dimoo.train.optim.GradientBuckets;
import ai.dimoo.train.optim.Muon;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.Shard;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.source.ExampleSource;
import ai.dimoo.transformer.Attention;
import ai.dimoo.transformer.Transformer;
import ai.dimoo.transformer.TransformerConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains a transformer to predict hidden tokens.
///
/// The rows of the embedding and of the head that belong to image codes may share what they learn:
/// each is then the sum of numbers of its own and of what a matrix, which is learned too, makes of
/// the features of its tile. Codes of similar tiles are then learned together; the model that is
/// written has the sums. (In the world of pictograms the loss that took 640 steps without took
/// 260.)
///
/// Float32 master weights, computed in the given dtype; AdamW, with Muon for the blocks' matrices
/// where the recipe wants it; an exponential average of the weights. Every draw of a step depends
/// on the step alone, so a run that was killed and resumed gives the losses of one that was not.
///
/// Where several ranks train, each computes its share of a step's examples, and all take every
/// step, save and ask for the averaged weights at once; the losses are those of one process but for
/// rounding. Not thread-safe; call it from one platform thread.
public final class TransformerTrainer extends AdamWTrainer {

  /// The matrices that make rows of the features of tiles, by what the rows belong to. In an order,
  /// which is that of the weights in memory and of what is drawn for them: every process has it.
  private static final Map<String, String> SHARED = shared();

  private static Map<String, String> shared() {
    Map<String, String> shared = new LinkedHashMap<>();
    shared.put(TensorNames.EMBEDDING, "tiles.embedding");
    shared.put(TensorNames.HEAD, "tiles.head");
    return Collections.unmodifiableMap(shared);
  }

  private final TransformerRecipe recipe;
  private final BatchGradient batch;
  private final @Nullable Tensor features; // [vocabulary, k]
  private final ScalarType computeType;
  private final @Nullable Muon muon;
  private final Shard average;

  /// @param pad the token that fills up shorter sequences of a batch
  /// @param features what is known of the tile of each image code, zero for the other tokens:
  ///   [vocabulary, k] float32, which stays the caller's; null: rows share nothing
  /// @param computeType bfloat16 where the device has it in hardware, else float32
  /// @param ranks that train together; they stay the caller's
  public TransformerTrainer(
      TransformerRecipe recipe,
      ExampleSource source,
      int pad,
      @Nullable Tensor features,
      ScalarType computeType,
      Ranks ranks,
      Device device) {
    super(
        Parameters.of(weights -> askForWeights(weights, recipe.config(), features), ranks, device),
        recipe.optimiser());
    this.recipe = recipe;
    this.features = features;
    this.computeType = computeType;
    batch = new BatchGradient(recipe.config(), source, pad, recipe.recompute(), device);
    muon =
        recipe.muonRate() > 0 ? new Muon(parameters(), TensorNames::isInBlock, computeType) : null;
    initialise();
    average = Shard.copy(parameters());
  }

  private static void askForWeights(
      Weights weights, TransformerConfig config, @Nullable Tensor features) {
    new Transformer(config, weights, Attention.EXPLICIT).close();
    if (features != null) {
      for (String matrix : SHARED.values()) {
        weights.get(matrix, features.size(1), config.dModel());
      }
    }
  }

  /// One step. Reports `loss`, the mean cross-entropy over the hidden targets in nats;
  /// `gradient_norm`, that of what AdamW moves, before clipping; `learning_rate`.
  @Override
  public Map<String, Double> train() {
    try (PointerScope scope = new PointerScope()) {
      double rate = recipe.learningRate().at(step(), optimiser().steps());
      double loss = backward();
      if (muon != null) {
        muon.step(rate * recipe.muonRate());
      }
      double norm = optimiser().step(rate);
      average.follow(recipe.averageDecay(), optimiser().steps());
      stepTaken();
      return Map.of(LOSS, loss, "gradient_norm", norm, "learning_rate", rate);
    }
  }

  /// The loss over the whole batch of all ranks, and its gradient.
  private double backward() {
    Map<String, Tensor> sums = sums(parameters().named());
    sums.values().forEach(sum -> sum.requires_grad_(true));
    GradientBuckets buckets =
        (weights, pass) ->
            parameters().gather(name -> weights.test(name) && !sums.containsKey(name), pass);
    double loss;
    try (Transformer model = model(sums)) { // casts the weights once for all micro-batches
      loss =
          batch.add(step(), parameters().ranks(), buckets, (part, of) -> of.applyAsDouble(model));
    }
    divideGradients(sums);
    return loss;
  }

  /// The tables of which rows share something, as the model has them: [vocabulary, d] each.
  ///
  /// @param weights by name, with the rows' own part and the matrices
  private Map<String, Tensor> sums(Map<String, Tensor> weights) {
    Map<String, Tensor> sums = new LinkedHashMap<>(); // in one order on all ranks
    if (features != null) {
      try (AutoGradMode noGrad = new AutoGradMode(false)) {
        SHARED.forEach((table, matrix) ->
            sums.put(table, features.matmul(weights.get(matrix)).add(weights.get(table))));
      }
    }
    return sums;
  }

  /// What the tables have gathered belongs to both terms of their sums.
  private void divideGradients(Map<String, Tensor> sums) {
    sums.forEach((table, sum) -> {
      String matrix = SHARED.get(table);
      parameters()
          .gather(
              name -> name.equals(table) || name.equals(matrix),
              () -> {
                try (AutoGradMode noGrad = new AutoGradMode(false)) {
                  parameters().gradient(table).add_(sum.grad());
                  parameters().gradient(matrix).add_(features.t().matmul(sum.grad()));
                }
              });
    });
  }

  private Transformer model(Map<String, Tensor> sums) {
    Weights weights =
        (name, shape) -> sums.containsKey(name) ? sums.get(name) : parameters().get(name, shape);
    return new Transformer(
        recipe.config(),
        new CastWeights(weights, computeType, TensorNames.EMBEDDING),
        Attention.EXPLICIT);
  }

  /// The model's averaged weights by name, in the caller's scope. With one rank most are views that
  /// change as training goes on; of several only the first gets them.
  public Map<String, Tensor> averaged() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    if (!parameters().ranks().first()) {
      for (String name : parameters().named().keySet()) {
        try (PointerScope scope = new PointerScope()) {
          average.whole(name);
        }
      }
      return weights;
    }
    parameters().named().keySet().forEach(name -> weights.put(name, average.whole(name)));
    weights.putAll(sums(weights));
    weights.keySet().removeAll(SHARED.values());
    return weights;
  }

  /// Begins with the weights, moments and average of another training's state, at step 0.
  ///
  /// @throws UserException if there is no such file, or it belongs to another model
  public void follow(Path file) {
    take(file);
    goOnAt(0);
  }

  /// Goes on with averaged weights of which nothing but the weights is left.
  ///
  /// @param taken steps that were taken to get there
  public void goOnWith(Weights weights, long taken) {
    parameters()
        .copy((name, shape) ->
            SHARED.containsValue(name) ? torch.zeros(shape) : weights.get(name, shape));
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      average.numbers().copy_(parameters().ranks().part(parameters().values()));
    }
    goOnAt(taken);
  }

  @Override
  protected void keep(TrainingState state) {
    state.keep("average", average);
    if (muon != null) {
      state.keep("muon_mean", muon);
    }
  }

  /// Normal weights of deviation 0.02, those that write to the residual stream divided by
  /// √(2·layers) (GPT-2's rule); norms begin at one.
  private void initialise() {
    double residual = 0.02 / Math.sqrt(2.0 * recipe.config().nLayers());
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters()
          .initialise((name, weight) -> {
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
    if (muon != null) {
      muon.close();
    }
    super.close();
  }
}
