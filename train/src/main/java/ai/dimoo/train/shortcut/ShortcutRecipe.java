package ai.dimoo.train.shortcut;

import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;

/// How a shortcut network is trained.
///
/// @param learningRate the rate of each step, and how many steps there are
/// @param optimiser AdamW's settings
/// @param pictures that form side by side: each gives a step's pairs of features
/// @param averageDecay of the averaged weights, which are what is written
/// @param seed of the first weights and of the pictures
public record ShortcutRecipe(
    LearningRate learningRate,
    AdamW.Settings optimiser,
    int pictures,
    double averageDecay,
    long seed) {

  /// The published training's (MIGM-Shortcut, `train_shortcut.py`): weight decay and average.
  private static final double WEIGHT_DECAY = 0.01;

  private static final double AVERAGE_DECAY = 0.9999;

  /// The published training's rate is 1e-4 at a width of 4,096; narrow networks take more.
  private static final double RATE_TIMES_WIDTH = 0.4096;

  private static final double HIGHEST_RATE = 1e-3;

  /// The usual one.
  ///
  /// @param learningRate the rate of each step, and how many steps there are
  public static ShortcutRecipe of(LearningRate learningRate, int pictures, long seed) {
    return new ShortcutRecipe(
        learningRate,
        new AdamW.Settings(0.9, 0.999, 1e-8, WEIGHT_DECAY, 1.0),
        pictures,
        AVERAGE_DECAY,
        seed);
  }

  /// The usual peak of the learning rate for a transformer of this width.
  public static double usualRate(int width) {
    return Math.min(HIGHEST_RATE, RATE_TIMES_WIDTH / width);
  }
}
