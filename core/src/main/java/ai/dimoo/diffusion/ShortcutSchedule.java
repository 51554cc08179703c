package ai.dimoo.diffusion;

import java.util.BitSet;

/// Which steps of a run the transformer takes itself; the shortcut network takes the others.
final class ShortcutSchedule {

  private final BitSet full = new BitSet();

  /// The first step, then for k = 1 … budget − 1 the step max(previous + 1, round(timesteps · k /
  /// budget)), halves to even (MIGM-Shortcut, `generators/image_generation_generator.py`).
  ///
  /// @param budget how many steps are full
  ShortcutSchedule(int timesteps, int budget) {
    int step = 0;
    full.set(step);
    for (int k = 1; k < budget; k++) {
      step = Math.max(step + 1, (int) Math.rint((double) timesteps * k / budget));
      full.set(step);
    }
  }

  /// Whether a step is the transformer's.
  boolean isFull(int step) {
    return full.get(step);
  }
}
