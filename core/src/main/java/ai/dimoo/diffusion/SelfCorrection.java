package ai.dimoo.diffusion;

/// Whether decided tokens of a picture may be taken back (training-free self-correction, arXiv
/// 2602.02927; MIT-licensed code github.com/huge123/FreeCorrection).
public enum SelfCorrection {
  /// What is decided stays.
  OFF,
  /// As published for 4,096 tokens, fewer at a time in smaller pictures.
  SCALED,
  /// The published numbers whatever the size of the picture: for comparing implementations.
  AS_PUBLISHED;

  /// The picture that the published numbers were set for.
  private static final int PUBLISHED_TOKENS = 4096;

  /// Whether anything is taken back at the end of a step: after two fifths of the steps, and not at
  /// the last one.
  ///
  /// @param step 0 … steps − 1
  boolean takesBack(int step, int steps) {
    return this != OFF && step > 0.4 * steps && step < steps - 1;
  }

  /// How many tokens the end of a step takes back at most. As many more of the step's own
  /// predictions are kept.
  ///
  /// @param step 0 … steps − 1
  /// @param tokens of the whole picture
  /// @param keepMasked how many the schedule wants masked after the step
  int count(int step, int steps, int tokens, int keepMasked) {
    double done = (double) step / steps;
    int published = this == OFF || done < 0.4 ? 0 : done < 0.6 ? 16 : done < 0.8 ? 8 : 4;
    boolean smaller = this == SCALED && tokens < PUBLISHED_TOKENS;
    int scaled =
        smaller ? (int) Math.ceil((double) published * tokens / PUBLISHED_TOKENS) : published;
    return Math.min(keepMasked, scaled);
  }
}
