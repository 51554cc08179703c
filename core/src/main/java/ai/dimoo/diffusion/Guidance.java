package ai.dimoo.diffusion;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Classifier-free guidance: pushes the conditional logits away from those of sequences that lack a
/// condition. With all scales 0 each formula returns the conditional logits.
///
/// The first and the last are equal on paper; each keeps its order of operations in the reference,
/// which shows in bfloat16. All tensors have one shape.
public final class Guidance {

  private Guidance() {}

  /// (1 + g)·c − g·u (reference `generators/image_generation_generator.py`).
  public static Tensor textToImage(Tensor conditional, Tensor unconditional, double cfgScale) {
    return conditional.mul(new Scalar(1 + cfgScale)).sub(unconditional.mul(new Scalar(cfgScale)));
  }

  /// c + g·(c − u), one condition of image-to-image: c + g_text·(c − u_text) + g_image·(c −
  /// u_image) is two of these added up (reference `generators/image_to_image_generator.py`).
  ///
  /// @param guided the conditional logits with the conditions so far
  public static Tensor addCondition(
      Tensor guided, Tensor conditional, Tensor without, double scale) {
    return guided.add(conditional.sub(without).mul(new Scalar(scale)));
  }

  /// u + (g + 1)·(c − u) (reference `generators/text_understanding_generator.py`).
  public static Tensor text(Tensor conditional, Tensor unconditional, double cfgScale) {
    return unconditional.add(conditional.sub(unconditional).mul(new Scalar(cfgScale + 1)));
  }
}
