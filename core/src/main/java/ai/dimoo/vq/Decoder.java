package ai.dimoo.vq;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Latents to pixels: the encoder's levels in reverse, doubling the resolution between levels.
final class Decoder {

  private final Conv convIn;
  private final ResidualBlock[] middle;
  private final List<ResidualBlock[]> levels = new ArrayList<>();
  private final List<Upsampler> upsamplers = new ArrayList<>();
  private final NormAndSilu normOut;
  private final Conv convOut;

  Decoder(VqConfig config, Weights weights) {
    List<Integer> channels = config.blockOutChannels().reversed();
    long groups = config.normGroups();
    long in = channels.getFirst();
    convIn = Conv.same(weights, "decoder.conv_in", config.latentChannels(), in, 3);
    middle = VqModel.residualBlocks(weights, "decoder.mid_block", 2, in, in, groups);
    for (int level = 0; level < channels.size(); level++) {
      long out = channels.get(level);
      String name = "decoder.up_blocks." + level;
      levels.add(
          VqModel.residualBlocks(weights, name, config.layersPerBlock() + 1, in, out, groups));
      if (level < channels.size() - 1) {
        upsamplers.add(
            Upsampler.of(config.upsampling(), weights, name + ".upsamplers.0.conv", out));
      }
      in = out;
    }
    normOut = NormAndSilu.of(weights, "decoder.conv_norm_out", in, groups);
    convOut = Conv.same(weights, "decoder.conv_out", in, 3, 3);
  }

  /// [B, latentChannels, h, w] → [B, 3, h·f, w·f], not clipped
  Tensor apply(Tensor latents) {
    Tensor x = VqModel.through(middle, convIn.apply(latents));
    for (int level = 0; level < levels.size(); level++) {
      x = VqModel.through(levels.get(level), x);
      if (level < upsamplers.size()) {
        x = ResultScope.consuming(x, upsamplers.get(level)::apply);
      }
    }
    return ResultScope.consuming(x, in -> convOut.apply(normOut.apply(in)));
  }
}
