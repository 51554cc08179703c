package ai.dimoo.train.source;

import java.util.random.RandomGenerator;

/// Which targets of a training example are hidden (the reference's `mask_codes` in train.py): with
/// r uniform in [0, 1), a share cos(r·π/2) of the positions, at least one, drawn without
/// replacement. Of a target of no tokens nothing is hidden.
public final class MaskCodes {

  /// Targets of at most this many tokens are always hidden whole.
  private static final int SHORT = 5;

  private MaskCodes() {}

  /// How much of a target is hidden.
  public enum Rule {
    /// A share, and targets of up to five tokens whole.
    SHARE,
    /// A share always: the reference's rule for padding after an answer.
    PADDING,
    /// Everything: where sampling begins.
    WHOLE
  }

  /// Draws the hidden positions of a target.
  ///
  /// @param length number of tokens of the target
  /// @return for each token whether it is hidden
  public static boolean[] draw(int length, Rule rule, RandomGenerator random) {
    double ratio = Math.cos(random.nextDouble() * Math.PI / 2);
    if (rule == Rule.WHOLE || rule == Rule.SHARE && length <= SHORT) {
      ratio = 1;
    }
    int hidden = Math.min(length, Math.max(1, (int) (length * ratio)));
    boolean[] mask = new boolean[length];
    // selection sampling (Knuth, TAOCP 3.4.2 S): each subset of this size is equally likely
    int left = hidden;
    for (int i = 0; i < length; i++) {
      if (random.nextInt(length - i) < left) {
        mask[i] = true;
        left--;
      }
    }
    return mask;
  }
}
