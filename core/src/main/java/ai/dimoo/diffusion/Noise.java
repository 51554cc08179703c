package ai.dimoo.diffusion;

import ai.dimoo.torch.TorchRandom;
import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How the random numbers of image sampling are drawn.
///
/// Both draw on the CPU, one number after another from one generator, so that a seed gives the same
/// picture on every device.
public enum Noise {
  /// As the published model's code does in bfloat16: uniform numbers are multiples of 1/256, so
  /// that Gumbel noise lies in [−3.83, 5.53] and sampling is closer to greedy than its temperature
  /// says. What follows is computed in the format of the logits, bfloat16 logits in bfloat16.
  REFERENCE(ScalarType.BFloat16) {
    @Override
    Tensor precise(Tensor logits) {
      return logits;
    }
  },
  /// In float32, and so is everything that follows. This is what the published code does with
  /// float32 weights.
  EXACT(ScalarType.Float) {
    @Override
    Tensor precise(Tensor logits) {
      return logits.to(ScalarType.Float);
    }
  };

  /// The reference's guard against the logarithm of zero (`utils/generation_utils.py`).
  private static final double TINY = 1e-20;

  private final ScalarType drawnAs;

  Noise(ScalarType drawnAs) {
    this.drawnAs = drawnAs;
  }

  /// Logits in the format in which this noise has the sampler compute.
  abstract Tensor precise(Tensor logits);

  /// Standard Gumbel noise −log(−log(u + 1e-20) + 1e-20) of this shape.
  public Tensor gumbel(TorchRandom random, Device device, long... shape) {
    return gumbel(random.uniform(drawnAs, shape)).to(device, drawnAs);
  }

  /// The name, as options and files have it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Turns uniform numbers into Gumbel noise, in place.
  static Tensor gumbel(Tensor uniform) {
    Scalar tiny = new Scalar(TINY);
    return uniform.add_(tiny).log_().neg_().add_(tiny).log_().neg_();
  }
}
