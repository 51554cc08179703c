package ai.dimoo.diffusion;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// MaskGIT's cosine schedule: how many tokens are still masked after each step.
final class CosineSchedule {

  private CosineSchedule() {}

  /// max(1, ⌊M·cos(π/2·(step + 1)/steps)⌋), 0 at the last step (reference
  /// `utils/generation_utils.py`).
  ///
  /// Computed by LibTorch in float32 in the reference's order of operations, since the floor shows
  /// the last bit: two thirds through, 48·cos(π/3) is 23.999998 there and 23 tokens are kept.
  ///
  /// @param maskedAtStart tokens masked before the first step
  /// @param step 0 … steps − 1
  /// @return tokens to keep masked after this step; 0 after the last
  static int keepMasked(int maskedAtStart, int step, int steps) {
    if (step >= steps - 1) {
      return 0;
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor done = Tensor.create((float) ((step + 1) / (double) steps));
      Tensor share = torch.cos(done.mul(new Scalar(Math.PI)).div(new Scalar(2.0)));
      float kept = Tensor.create((float) maskedAtStart).mul(share).floor().item_float();
      return Math.max(1, (int) kept);
    }
  }
}
