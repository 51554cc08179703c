package ai.dimoo.vq;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Pixels to latents: residual blocks at each level, halving the resolution between levels.
final class Encoder {

  private final Conv convIn;
  private final List<ResidualBlock[]> levels = new ArrayList<>();
  private final List<Conv> downsamplers = new ArrayList<>();
  private final ResidualBlock[] middle;
  private final NormAndSilu normOut;
  private final Conv convOut;

  Encoder(VqConfig config, Weights weights) {
    List<Integer> channels = config.blockOutChannels();
    long groups = config.normGroups();
    convIn = Conv.same(weights, "encoder.conv_in", 3, channels.getFirst(), 3);
    long in = channels.getFirst();
    for (int level = 0; level < channels.size(); level++) {
      long out = channels.get(level);
      String name = "encoder.down_blocks." + level;
      levels.add(VqModel.residualBlocks(weights, name, config.layersPerBlock(), in, out, groups));
      if (level < channels.size() - 1) {
        downsamplers.add(Conv.of(weights, name + ".downsamplers.0.conv", out, out, 3, 2, 0));
      }
      in = out;
    }
    middle = VqModel.residualBlocks(weights, "encoder.mid_block", 2, in, in, groups);
    normOut = NormAndSilu.of(weights, "encoder.conv_norm_out", in, groups);
    convOut = Conv.same(weights, "encoder.conv_out", in, config.latentChannels(), 3);
  }

  /// [B, 3, H, W] in 0..1 → [B, latentChannels, H/f, W/f]
  Tensor apply(Tensor pixels) {
    Tensor x = convIn.apply(pixels);
    for (int level = 0; level < levels.size(); level++) {
      x = VqModel.through(levels.get(level), x);
      if (level < downsamplers.size()) {
        Conv downsampler = downsamplers.get(level);
        // zeros to the right and below only, so that the stride-2 convolution halves exactly
        x = ResultScope.consuming(x, in -> downsampler.apply(torch.pad(in, 0, 1, 0, 1)));
      }
    }
    x = VqModel.through(middle, x);
    return ResultScope.consuming(x, in -> convOut.apply(normOut.apply(in)));
  }
}
