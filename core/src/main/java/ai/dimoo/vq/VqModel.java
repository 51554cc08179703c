package ai.dimoo.vq;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The VQ model (Diffusers' `VQModel` as aMUSEd uses it): an encoder, a codebook, a decoder.
///
/// Immutable; use it from platform threads. The caller owns the weights; results belong to the
/// caller's `PointerScope`.
public final class VqModel {

  /// The name of the codebook's tensor: [codes, codeDim]
  public static final String CODEBOOK = "quantize.embedding.weight";

  private final VqConfig config;
  private final Encoder encoder;
  private final Conv quantConv;
  private final Tensor codebook; // [codes, codeDim]
  private final Conv postQuantConv;
  private final Decoder decoder;

  /// @param weights the tensors by Diffusers' names, all of one dtype and on one device
  public VqModel(VqConfig config, Weights weights) {
    this.config = config;
    long latent = config.latentChannels();
    encoder = new Encoder(config, weights);
    quantConv = Conv.same(weights, "quant_conv", latent, config.codeDim(), 1);
    codebook = weights.get(CODEBOOK, config.codebookSize(), config.codeDim());
    postQuantConv = Conv.same(weights, "post_quant_conv", config.codeDim(), latent, 1);
    decoder = new Decoder(config, weights);
  }

  /// Whether a tensor is the gain or the bias of a group norm.
  public static boolean isNorm(String name) {
    return name.contains("norm");
  }

  /// The shape of this model.
  public VqConfig config() {
    return config;
  }

  /// Pixels to latents, before the nearest code is chosen.
  ///
  /// @param pixels [B, 3, H, W], 0..1; H and W are multiples of `pixelsPerCode`
  /// @return [B, codeDim, H/f, W/f]
  public Tensor encode(Tensor pixels) {
    return quantConv.apply(encoder.apply(pixels));
  }

  /// The nearest code of each latent vector, the first of equals.
  ///
  /// @param latents [B, codeDim, h, w]
  /// @return [B, h, w] int64
  public Tensor nearestCodes(Tensor latents) {
    long batch = latents.size(0);
    long h = latents.size(2);
    long w = latents.size(3);
    Tensor vectors = latents.permute(0, 2, 3, 1).reshape(-1, config.codeDim()).to(ScalarType.Float);
    Tensor distance = torch.cdist(vectors, codebook.to(ScalarType.Float)); // [B·h·w, codes]
    return torch.argmin(distance, new LongOptional(1), false).view(batch, h, w);
  }

  /// The code vectors of codes.
  ///
  /// @param codes [B, h, w] int64
  /// @return [B, codeDim, h, w]
  public Tensor lookUp(Tensor codes) {
    return torch.embedding(codebook, codes).permute(0, 3, 1, 2).contiguous();
  }

  /// Code vectors to pixels.
  ///
  /// @param vectors [B, codeDim, h, w]
  /// @return [B, 3, h·f, w·f], about 0..1, not clipped
  public Tensor decodeVectors(Tensor vectors) {
    return decoder.apply(postQuantConv.apply(vectors));
  }

  /// Codes to pixels.
  ///
  /// @param codes [B, h, w] int64
  /// @return [B, 3, h·f, w·f], about 0..1, not clipped
  public Tensor decode(Tensor codes) {
    return decodeVectors(lookUp(codes));
  }

  static ResidualBlock[] residualBlocks(
      Weights weights, String name, int count, long in, long out, long groups) {
    ResidualBlock[] blocks = new ResidualBlock[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = ResidualBlock.of(weights, name + ".resnets." + i, i == 0 ? in : out, out, groups);
    }
    return blocks;
  }

  /// @param x made in the present scope; freed
  static Tensor through(ResidualBlock[] blocks, Tensor x) {
    for (ResidualBlock block : blocks) {
      x = ResultScope.consuming(x, block::apply);
    }
    return x;
  }
}
