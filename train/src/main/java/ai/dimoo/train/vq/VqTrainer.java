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
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Trains a VQ model to say codes that are given: the vector of each code is made of the looks of
/// its tiles and stays, the encoder learns to tell the codes apart, and the decoder to read them.
///
/// Not thread-safe; call it from one platform thread.
public final class VqTrainer extends AdamWTrainer {

  private static final long WARMUP = 100;

  private final VqRecipe recipe;
  private final LearningRate learningRate;
  private final @Nullable Muon muon;
  private final PictureSource source;
  private final TileCodes tileCodes;
  private final ScalarType computeType;
  private final Device device;

  /// @param source what to train on
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
    learningRate = new LearningRate(recipe.learningRate(), WARMUP, recipe.steps(), 0.1);
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

  /// One step. Reports `loss`, that of the reconstruction; `tile_loss`, the cross-entropy of the
  /// choice of a code, in nats; `gradient_norm`, before clipping.
  @Override
  public Map<String, Double> train() {
    try (PointerScope scope = new PointerScope()) {
      List<TrainingPicture> pictures = source.pictures(step());
      PictureBatch batch = batch(pictures);
      VqModel model = model(computeType);
      Tensor latents = encode(model, batch);
      Tensor codes = codes(pictures); // [B·h·w]
      Tensor grid = codes.view(latents.size(0), latents.size(2), latents.size(3));
      Tensor decoded = model.decodeVectors(channelsLast(model.lookUp(grid).detach()));
      Tensor codebook = parameters().get(VqModel.CODEBOOK).detach(); // [codes, codeDim], stays
      Tensor tileLoss = VqLoss.codeChoice(batch, vectors(latents), codebook, codes);
      Tensor loss = VqLoss.reconstruction(batch, decoded, recipe.foregroundWeight());
      loss.add(tileLoss).backward();
      double rate = learningRate.at(step(), optimiser().steps());
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

  private PictureBatch batch(List<TrainingPicture> pictures) {
    return PictureBatch.of(pictures, recipe.config().pixelsPerCode(), device);
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

  /// What the present weights make of pictures of one size.
  public Reconstructions reconstructions(List<TrainingPicture> pictures) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGrad = new AutoGradMode(false)) {
      VqModel model = model(computeType);
      Tensor latents = encode(model, batch(pictures));
      Tensor vectors = model.lookUp(model.nearestCodes(latents));
      Tensor decoded = model.decodeVectors(vectors.to(computeType));
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
  /// as the identity: their last convolution is zero. The codebook is made of the tiles.
  private void initialise() {
    try (TorchRandom random = new TorchRandom(recipe.seed())) {
      parameters()
          .initialise((name, weight) -> {
            if (VqModel.isNorm(name)) {
              weight.fill_(new Scalar(name.endsWith("weight") ? 1.0 : 0.0));
            } else if (weight.dim() == 4 && !name.endsWith("conv2.weight")) {
              double bound = Math.sqrt(3 / fanIn(weight));
              Parameters.drawn(weight, drawn -> drawn.uniform_(-bound, bound, random.generator()));
            } else if (name.equals(VqModel.CODEBOOK)) {
              weight.copy_(tileCodes.vectors(recipe.config().codeDim()));
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
