package ai.dimoo.train.vq;

import ai.dimoo.image.Picture;
import ai.dimoo.torch.TensorArrays;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.torch.Weights;
import ai.dimoo.train.metrics.Reconstructions;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.AdamWTrainer;
import ai.dimoo.train.optim.CastWeights;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.optim.Muon;
import ai.dimoo.train.optim.Parameters;
import ai.dimoo.train.optim.TrainingState;
import ai.dimoo.train.source.PictureSource;
import ai.dimoo.train.source.TrainingPicture;
import ai.dimoo.vq.VqConfig;
import ai.dimoo.vq.VqModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains a VQ model to say codes that are given, in two parts:
///
/// 1. encoder and decoder as a plain autoencoder, with equal tiles drawn to equal latents;
/// 2. the vector of each code is the mean latent of its tiles; from there encoder and codebook
///    learn to tell the codes apart, and the decoder learns to read them.
///
/// Quantising from the start loses the colours of objects.
///
/// Not thread-safe; call it from one platform thread.
public final class VqTrainer extends AdamWTrainer {

  /// Batches whose latents the codebook begins with.
  private static final int CODEBOOK_BATCHES = 60;

  private static final long WARMUP = 100;

  private final VqRecipe recipe;
  private final @Nullable Muon muon;
  private final PictureSource source;
  private final TileCodes tileCodes;
  private final ScalarType computeType;
  private final Device device;

  /// @param source what to train on; steps beyond the last give the pictures that the codebook
  ///   begins with
  /// @param tileCodes the codes to learn; they stay the caller's to close
  /// @param computeType bfloat16 where the machine has it in hardware, else float32
  /// @throws IllegalArgumentException if the codes are not as many as the recipe's, or of tiles of
  ///   another size
  public VqTrainer(
      VqRecipe recipe,
      PictureSource source,
      TileCodes tileCodes,
      ScalarType computeType,
      Device device) {
    VqConfig config = recipe.config();
    if (tileCodes.codes() != config.codebookSize() || tileCodes.side() != config.pixelsPerCode()) {
      throw new IllegalArgumentException(
          "%d codes of tiles of %d pixels for %s"
              .formatted(tileCodes.codes(), tileCodes.side(), config));
    }
    super(
        Parameters.of(weights -> new VqModel(config, weights), device),
        new AdamW.Settings(0.9, 0.99, 1e-8, 0, 1.0));
    this.recipe = recipe;
    this.source = source;
    this.tileCodes = tileCodes;
    this.device = device;
    this.computeType = computeType;
    muon =
        recipe.muonRate() > 0
            ? new Muon(parameters(), name -> name.contains("_block"), computeType)
            : null;
    initialise();
  }

  /// Goes on with weights of which nothing but the weights is left.
  ///
  /// @param taken steps that were taken to get there
  public void goOnWith(Weights weights, long taken) {
    parameters().copy(weights);
    goOnAt(taken);
  }

  @Override
  protected void keep(TrainingState state) {
    if (muon != null) {
      state.keep("muon_mean", muon);
    }
  }

  /// The model with the present weights.
  public VqModel model(ScalarType type) {
    return new VqModel(recipe.config(), new CastWeights(parameters(), type, VqModel.CODEBOOK));
  }

  /// One step. Reports `loss`, that of the reconstruction; `tile_loss`, how much the latents of
  /// equal tiles differ in the first part, then the cross-entropy of the choice of a code, in nats;
  /// `gradient_norm`, before clipping.
  @Override
  public Map<String, Double> train() {
    boolean quantised = step() >= recipe.autoencoderSteps();
    if (step() == recipe.autoencoderSteps()) {
      startCodebook();
    }
    try (PointerScope scope = new PointerScope()) {
      List<TrainingPicture> pictures = source.pictures(step());
      PictureBatch batch = batch(pictures);
      VqModel model = model(computeType);
      Tensor latents = encode(model, batch);
      Tensor vectors = vectors(latents);
      Tensor decoded;
      Tensor tileLoss;
      if (quantised) {
        Tensor codes = codes(pictures); // [B·h·w]
        Tensor grid = codes.view(latents.size(0), latents.size(2), latents.size(3));
        decoded = model.decodeVectors(channelsLast(model.lookUp(grid).detach()));
        tileLoss = VqLoss.codeChoice(batch, vectors, codebook(), codes);
      } else {
        decoded = model.decodeVectors(latents);
        tileLoss = VqLoss.tileSpread(batch, vectors).mul(new Scalar(recipe.tileWeight()));
      }
      Tensor loss = VqLoss.reconstruction(batch, decoded, recipe.foregroundWeight());
      loss.add(tileLoss).backward();
      double rate = rate();
      if (muon != null) {
        muon.step(rate * recipe.muonRate());
      }
      double norm = optimiser().step(rate);
      stepTaken();
      return Map.of(
          LOSS,
          (double) loss.item_float(),
          "tile_loss",
          (double) tileLoss.item_float(),
          "gradient_norm",
          norm);
    }
  }

  /// Each of the two trainings warms up and falls by itself. The second finds everything nearly in
  /// place, and takes half the rate.
  private double rate() {
    boolean quantised = step() >= recipe.autoencoderSteps();
    long length = quantised ? recipe.codeSteps() : recipe.autoencoderSteps();
    long within = quantised ? step() - recipe.autoencoderSteps() : step();
    double peak = recipe.learningRate() * (quantised ? 0.5 : 1);
    return new LearningRate(peak, WARMUP, length, 0.1).at(within, optimiser().steps());
  }

  private PictureBatch batch(List<TrainingPicture> pictures) {
    return PictureBatch.of(pictures, recipe.config().pixelsPerCode(), device);
  }

  /// [codes, codeDim]. It learns where it began with latents; where it began with the looks of the
  /// tiles it stays, and the decoder need not follow it.
  private Tensor codebook() {
    Tensor codebook = parameters().get(VqModel.CODEBOOK);
    return recipe.autoencoderSteps() == 0 ? codebook.detach() : codebook;
  }

  /// The codes that the pictures' tiles shall have: [B·h·w] int64
  private Tensor codes(List<TrainingPicture> pictures) {
    int[] codes =
        tileCodes.encode(pictures.stream().map(TrainingPicture::layers).toList()).stream()
            .flatMapToInt(grid -> Arrays.stream(grid.codes()))
            .toArray();
    return TensorArrays.int64(codes, device);
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

  private void startCodebook() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      if (recipe.autoencoderSteps() == 0) { // there are no latents yet
        parameters().get(VqModel.CODEBOOK).copy_(tileCodes.vectors(recipe.config().codeDim()));
        return;
      }
      VqModel model = model(computeType);
      List<Tensor> latents = new ArrayList<>();
      List<Tensor> codes = new ArrayList<>();
      for (int i = 0; i < CODEBOOK_BATCHES; i++) {
        List<TrainingPicture> pictures = source.pictures(recipe.steps() + i);
        latents.add(vectors(encode(model, batch(pictures))));
        codes.add(codes(pictures));
      }
      parameters()
          .get(VqModel.CODEBOOK)
          .copy_(VqLoss.means(stack(latents), stack(codes), recipe.config().codebookSize()));
      optimiser().mean().numbers().zero_();
      optimiser().meanSquare().numbers().zero_();
    }
  }

  private static Tensor stack(List<Tensor> parts) {
    return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
  }

  /// What the present weights make of pictures of one size: in the first part without choosing
  /// codes.
  public Reconstructions reconstructions(List<TrainingPicture> pictures) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      VqModel model = model(computeType);
      Tensor latents = encode(model, batch(pictures));
      boolean quantised = step() > recipe.autoencoderSteps();
      Tensor decoded =
          model.decodeVectors(
              quantised ? model.lookUp(model.nearestCodes(latents)).to(computeType) : latents);
      return new Reconstructions(pictures, pictures(decoded));
    }
  }

  /// [B, 3, H, W] → B pictures
  private static List<Picture> pictures(Tensor pixels) {
    List<Picture> pictures = new ArrayList<>();
    for (long b = 0; b < pixels.size(0); b++) {
      float[] planes = TensorArrays.floats(pixels.narrow(0, b, 1));
      pictures.add(Picture.fromPlanes(planes, (int) pixels.size(3), (int) pixels.size(2)));
    }
    return pictures;
  }

  /// Uniform within √(3/fanIn), which keeps the variance from layer to layer. Residual blocks begin
  /// as the identity: their last convolution is zero. The codebook is set when codes are first
  /// used.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters()
          .initialise((name, weight) -> {
            if (VqModel.isNorm(name)) {
              weight.fill_(new Scalar(name.endsWith("weight") ? 1.0 : 0.0));
            } else if (weight.dim() == 4 && !name.endsWith("conv2.weight")) {
              double bound = Math.sqrt(3 / fanIn(weight));
              Parameters.drawn(weight, drawn -> drawn.uniform_(-bound, bound, random.generator()));
            }
          });
    }
  }

  /// Weights that one number of the result depends on. A kernel of 4×4 belongs to a transposed
  /// convolution of stride 2, [in, out, 4, 4], of which each result sees 2×2.
  private static double fanIn(Tensor weight) {
    return weight.size(2) == 4
        ? 4.0 * weight.size(0)
        : weight.size(1) * weight.size(2) * weight.size(3);
  }

  @Override
  public void close() {
    if (muon != null) {
      muon.close();
    }
    super.close();
  }
}
