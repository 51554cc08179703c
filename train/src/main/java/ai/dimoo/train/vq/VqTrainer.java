package ai.dimoo.train.vq;

import ai.dimoo.torch.TorchRandom;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.CastWeights;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.shapes.Scene;
import ai.dimoo.train.shapes.SceneGenerator;
import ai.dimoo.train.shapes.SceneKind;
import ai.dimoo.train.shapes.SceneOptions;
import ai.dimoo.vq.VqModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Trains a VQ model on the shapes world, in three phases:
///
/// 1. encoder and decoder as a plain autoencoder, with equal tiles drawn to equal latents;
/// 2. the codebook by k-means on the latents of different tiles, so that a code is spent on each
///    kind of tile and not on each common one;
/// 3. the decoder on quantised latents. Encoder and codebook stand still from here on, so codes
///    are final as soon as this phase begins.
///
/// Quantising from the start loses the colours of objects.
public final class VqTrainer implements AutoCloseable {

  private static final int KMEANS_BATCHES = 60;
  private static final int KMEANS_ITERATIONS = 20;

  /// Many objects a picture. Pictures without captions: no combination is held out from the VQ model.
  private static final SceneOptions CROWDED =
      new SceneOptions(
          SceneOptions.DEFAULT_CELLS,
          SceneOptions.DEFAULT_CELLS,
          Map.of(
              SceneKind.SINGLE, 0.1,
              SceneKind.PAIR, 0.3,
              SceneKind.COUNT, 0.25,
              SceneKind.TRIO, 0.35),
          0.6,
          SceneOptions.Split.ALL);

  /// The share of the first phase that sees small pictures, which cost half as much and hold as much.
  private static final double SMALL_SHARE = 0.65;

  /// What a step reports.
  ///
  /// @param step counted from 0
  public record Progress(long step, double loss, double tileSpread, double gradientNorm) {}

  private final VqRecipe recipe;
  private final Parameters parameters;
  private final AdamW optimiser;
  private final SceneGenerator small;
  private final SceneGenerator full;
  private final ScalarType computeType;
  private final Device device;
  private long step;

  /// @param computeType bfloat16 where the machine has it in hardware, else float32
  public VqTrainer(VqRecipe recipe, ScalarType computeType, Device device) {
    this.recipe = recipe;
    this.device = device;
    this.computeType = computeType;
    parameters = Parameters.of(weights -> new VqModel(recipe.config(), weights), device);
    // no weight decay: it would move the frozen encoder in the last phase
    optimiser = new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0, 1.0));
    small = new SceneGenerator(CROWDED.withCells(6, 6), recipe.seed());
    full = new SceneGenerator(CROWDED, recipe.seed() + 1);
    initialise();
  }

  /// Goes on where a saved run stopped.
  public void restore(Path file) {
    step = state().restore(file);
    optimiser.resumeAt(step);
  }

  /// Saves the run.
  public void save(Path file) {
    state().write(file);
  }

  private TrainingState state() {
    return TrainingState.of(step, parameters, optimiser);
  }

  /// Steps taken so far.
  public long step() {
    return step;
  }

  /// Whether every step was taken.
  public boolean done() {
    return step >= recipe.steps();
  }

  /// The weights in float32.
  public Parameters parameters() {
    return parameters;
  }

  /// The model with the present weights.
  public VqModel model(ScalarType type) {
    return new VqModel(recipe.config(), new CastWeights(parameters, type));
  }

  /// One step.
  public Progress train() {
    boolean quantised = step >= recipe.autoencoderSteps();
    if (step == recipe.autoencoderSteps()) {
      startCodebook();
    }
    try (PointerScope scope = new PointerScope()) {
      PictureBatch batch = batch(step);
      VqModel model = model(computeType);
      Tensor latents = encode(model, batch, !quantised);
      Tensor vectors = vectors(latents);
      Tensor decoded =
          model.decodeVectors(quantised ? quantise(model, latents) : latents);
      Tensor loss = VqLoss.reconstruction(batch, decoded, recipe.objectWeight());
      Tensor spread = VqLoss.tileSpread(batch, vectors);
      Tensor objective = quantised ? loss : loss.add(spread.mul(new Scalar(recipe.tileWeight())));
      objective.backward();
      double norm = optimiser.step(rate());
      Progress progress = new Progress(step, loss.item_float(), spread.item_float(), norm);
      step++;
      return progress;
    }
  }

  /// Each phase warms up and falls by itself.
  private double rate() {
    boolean quantised = step >= recipe.autoencoderSteps();
    long length = quantised ? recipe.decoderSteps() : recipe.autoencoderSteps();
    long within = quantised ? step - recipe.autoencoderSteps() : step;
    return new LearningRate(recipe.learningRate(), 100, length, 0.4).at(within);
  }

  private PictureBatch batch(long step) {
    SceneGenerator scenes = step < SMALL_SHARE * recipe.autoencoderSteps() ? small : full;
    List<Scene> batch =
        LongStream.range(step * recipe.batch(), (step + 1) * recipe.batch())
            .mapToObj(scenes::at)
            .toList();
    return PictureBatch.of(batch, recipe.config().pixelsPerCode()).to(device);
  }

  private Tensor encode(VqModel model, PictureBatch batch, boolean learns) {
    try (AutoGradMode mode = new AutoGradMode(learns)) {
      return model.encode(
          batch.pixels().to(computeType).contiguous(torch.MemoryFormat.ChannelsLast));
    }
  }

  private Tensor quantise(VqModel model, Tensor latents) {
    try (AutoGradMode noGrad = new AutoGradMode(false)) {
      return model
          .lookUp(model.nearestCodes(latents))
          .to(computeType)
          .contiguous(torch.MemoryFormat.ChannelsLast);
    }
  }

  /// [B, codeDim, h, w] → [B·h·w, codeDim] float32
  private Tensor vectors(Tensor latents) {
    return latents
        .permute(0, 2, 3, 1)
        .reshape(-1, recipe.config().codeDim())
        .to(ScalarType.Float);
  }

  private void startCodebook() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false);
        TorchRandom random = new TorchRandom(recipe.seed())) {
      VqModel model = model(computeType);
      List<Tensor> points = new ArrayList<>();
      for (int i = 0; i < KMEANS_BATCHES; i++) {
        PictureBatch batch = batch(recipe.steps() + i);
        points.add(VqLoss.tileMeans(batch, vectors(encode(model, batch, false))));
      }
      Tensor centres =
          KMeans.centres(
              KMeans.stack(points), recipe.config().codebookSize(), KMEANS_ITERATIONS, random);
      parameters.get("quantize.embedding.weight").copy_(centres);
      optimiser.mean().zero_();
      optimiser.meanSquare().zero_();
    }
  }

  /// PyTorch's default for convolutions: uniform within 1/√fanIn. The codebook starts at zero and is
  /// set by k-means.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters.initialise(
          (name, weight) -> {
            if (name.contains("norm")) {
              weight.fill_(new Scalar(name.endsWith("weight") ? 1.0 : 0.0));
            } else if (weight.dim() == 4) {
              double bound = 1 / Math.sqrt(weight.size(1) * weight.size(2) * weight.size(3));
              weight.uniform_(-bound, bound, random.generator());
            }
          });
    }
  }

  @Override
  public void close() {
    optimiser.close();
    parameters.close();
  }
}
