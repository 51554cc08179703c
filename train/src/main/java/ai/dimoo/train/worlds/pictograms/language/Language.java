package ai.dimoo.train.worlds.pictograms.language;

import java.util.random.RandomGenerator;

/// The languages that the model is taught.
public enum Language {
  ENGLISH,
  CHINESE;

  /// Chinese in a sixth of the cases.
  public static Language draw(RandomGenerator random) {
    return random.nextInt(6) == 0 ? CHINESE : ENGLISH;
  }
}
