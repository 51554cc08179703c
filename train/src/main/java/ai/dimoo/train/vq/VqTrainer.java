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
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains a VQ model on the shapes world, in three phases:
///
/// 1. encoder and decoder as a plain autoencoder, with equal tiles drawn to equal latents;
/// 2. a code for each kind of tile, by k-means on pixels; its vector is the mean latent of its
///    tiles;
/// 3. encoder and codebook learn to tell these codes apart, the decoder learns to read them.
///
/// Quantising from the start loses the colours of objects.
///
/// Not thread-safe; call it from one platform thread.
public final class VqTrainer implements AutoCloseable {

  /// Batches whose tiles are told apart.
  private static final int TILE_BATCHES = 60;

  private static final String CODEBOOK = "quantize.embedding.weight";

  /// Many objects a picture. Pictures without captions: no combination is held out from the VQ
  /// model.
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

  /// The share of the first phase that sees small pictures, which cost half as much and hold as
  /// much.
  private static final double SMALL_SHARE = 0.65;

  /// What a step reports.
  ///
  /// @param step counted from 0
  /// @param loss of the reconstruction
  /// @param tileLoss of the latents: how much those of equal tiles differ in the first phase, then
  ///   the cross-entropy of the choice of a code, in nats
  /// @param gradientNorm before clipping
  public record Progress(long step, double loss, double tileLoss, double gradientNorm) {}

  private final VqRecipe recipe;
  private final Parameters parameters;
  private final AdamW optimiser;
  private final SceneGenerator small;
  private final SceneGenerator full;
  private final ScalarType computeType;
  private final Device device;
  private @Nullable TileCodes tileCodes;
  private long step;

  /// @param computeType bfloat16 where the machine has it in hardware, else float32
  public VqTrainer(VqRecipe recipe, ScalarType computeType, Device device) {
    this.recipe = recipe;
    this.device = device;
    this.computeType = computeType;
    parameters = Parameters.of(weights -> new VqModel(recipe.config(), weights), device);
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
    if (quantised && tileCodes == null) {
      tileCodes = tileCodes();
    }
    if (step == recipe.autoencoderSteps()) {
      startCodebook();
    }
    try (PointerScope scope = new PointerScope()) {
      PictureBatch batch = batch(step);
      VqModel model = model(computeType);
      Tensor latents = encode(model, batch);
      Tensor vectors = vectors(latents);
      Tensor decoded;
      Tensor tileLoss;
      if (quantised) {
        Tensor codes = tileCodes.of(batch); // [B·h·w]
        Tensor grid = codes.view(latents.size(0), latents.size(2), latents.size(3));
        decoded = model.decodeVectors(channelsLast(model.lookUp(grid).detach()));
        tileLoss = VqLoss.codeChoice(batch, vectors, parameters.get(CODEBOOK), codes);
      } else {
        decoded = model.decodeVectors(latents);
        tileLoss = VqLoss.tileSpread(batch, vectors).mul(new Scalar(recipe.tileWeight()));
      }
      Tensor loss = VqLoss.reconstruction(batch, decoded, recipe.objectWeight());
      loss.add(tileLoss).backward();
      double norm = optimiser.step(rate());
      return new Progress(step++, loss.item_float(), tileLoss.item_float(), norm);
    }
  }

  /// Each of the two trainings warms up and falls by itself. The second finds everything nearly in
  /// place, and takes half the rate.
  private double rate() {
    boolean quantised = step >= recipe.autoencoderSteps();
    long length = quantised ? recipe.codeSteps() : recipe.autoencoderSteps();
    long within = quantised ? step - recipe.autoencoderSteps() : step;
    double peak = recipe.learningRate() * (quantised ? 0.5 : 1);
    return new LearningRate(peak, 100, length, 0.4).at(within);
  }

  private PictureBatch batch(long step) {
    SceneGenerator scenes = step < SMALL_SHARE * recipe.autoencoderSteps() ? small : full;
    List<Scene> batch =
        LongStream.range(step * recipe.batch(), (step + 1) * recipe.batch())
            .mapToObj(scenes::at)
            .toList();
    return PictureBatch.of(batch, recipe.config().pixelsPerCode()).to(device);
  }

  private Tensor encode(VqModel model, PictureBatch batch) {
    return model.encode(channelsLast(batch.pixels()));
  }

  private Tensor channelsLast(Tensor x) {
    return x.to(computeType).contiguous(torch.MemoryFormat.ChannelsLast);
  }

  /// [B, codeDim, h, w] → [B·h·w, codeDim] float32
  private Tensor vectors(Tensor latents) {
    return latents.permute(0, 2, 3, 1).reshape(-1, recipe.config().codeDim()).to(ScalarType.Float);
  }

  /// A function of the recipe alone, so that a resumed run finds the same.
  private TileCodes tileCodes() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false);
        TorchRandom random = new TorchRandom(recipe.seed())) {
      List<Scene> scenes =
          LongStream.range(0, (long) TILE_BATCHES * recipe.batch())
              .map(i -> recipe.steps() * recipe.batch() + i)
              .mapToObj(full::at)
              .toList();
      int side = recipe.config().pixelsPerCode();
      PictureBatch pictures = PictureBatch.of(scenes, side).to(device);
      return new TileCodes(pictures, recipe.config().codebookSize(), side, random);
    }
  }

  private void startCodebook() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      VqModel model = model(computeType);
      List<Tensor> latents = new ArrayList<>();
      List<Tensor> codes = new ArrayList<>();
      for (int i = 0; i < TILE_BATCHES; i++) {
        PictureBatch batch = batch(recipe.steps() + i);
        latents.add(vectors(encode(model, batch)));
        codes.add(tileCodes.of(batch));
      }
      parameters
          .get(CODEBOOK)
          .copy_(VqLoss.means(stack(latents), stack(codes), recipe.config().codebookSize()));
      optimiser.mean().zero_();
      optimiser.meanSquare().zero_();
    }
  }

  private static Tensor stack(List<Tensor> parts) {
    return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
  }

  /// PyTorch's default for convolutions: uniform within 1/√fanIn. The codebook starts at zero and
  /// is set in the second phase.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters.initialise((name, weight) -> {
        if (name.contains("norm")) {
          weight.fill_(new Scalar(name.endsWith("weight") ? 1.0 : 0.0));
        } else if (weight.dim() == 4) {
          double bound = 1 / Math.sqrt(weight.size(1) * weight.size(2) * weight.size(3));
          Parameters.drawn(weight, drawn -> drawn.uniform_(-bound, bound, random.generator()));
        }
      });
    }
  }

  @Override
  public void close() {
    if (tileCodes != null) {
      tileCodes.close();
    }
    optimiser.close();
    parameters.close();
  }
}
