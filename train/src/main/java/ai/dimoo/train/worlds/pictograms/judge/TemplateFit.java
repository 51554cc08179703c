package ai.dimoo.train.worlds.pictograms.judge;

/// How well a template fits where it covers a picture. Distances are of colours of cells of the
/// medium scale, squared, red, green and blue added up.
///
/// @param visible the share of it that nothing else explains, 0 to 1
/// @param right the share of what is visible about which it is not plainly wrong
/// @param rightError mean distance of the picture from the template there
/// @param error mean distance of the picture from the template in all that is visible
/// @param contrast mean distance of the picture from the background there
record TemplateFit(double visible, double right, double rightError, double error, double contrast) {

  // Measured on pictures of one thing. Where codes of tiles leave 21.9 dB, the right thing's error
  // is
  // below 3500 in 99 of 100, and at most 0.24 of the contrast; the best look for a thing that is
  // not
  // taught has 6400 and 0.31 in the middle, and is mostly no better than the next (Verdict).

  /// Of a cell that a template is plainly wrong about, at least: 52 levels a channel.
  static final float WRONG = 8000;

  /// Less of a thing than this tells nothing.
  private static final double LEAST_VISIBLE = 0.4;

  private static final double LEAST_RIGHT = 0.6;

  /// Of the contrast, whatever the error.
  private static final double MOST_SHARE = 0.4;

  /// Whatever the contrast, if it is no more than [#SMALL_SHARE] of that.
  private static final double MOST_ERROR = 3800;

  private static final double SMALL_SHARE = 0.15;

  /// Sums over cells, for a mean.
  static final class Sums {
    private double covered;
    private double visible;
    private double right;
    private double rightError;
    private double error;
    private double contrast;

    /// @param coverage of the cell by the template
    /// @param open how much of the cell is to be explained
    void add(double coverage, double open, double distance, double fromBackground) {
      double weight = coverage * open;
      covered += coverage;
      visible += weight;
      error += weight * distance;
      contrast += weight * fromBackground;
      if (distance < WRONG) {
        right += weight;
        rightError += weight * distance;
      }
    }

    TemplateFit fit() {
      return visible == 0 || right == 0
          ? new TemplateFit(0, 0, 0, 0, 0)
          : new TemplateFit(
              visible / covered,
              right / visible,
              rightError / right,
              error / visible,
              contrast / visible);
    }
  }

  /// Whether so much of it is there that it may be part of the explanation. Something that is not
  /// known yet may hide the rest.
  boolean likely() {
    return visible >= LEAST_VISIBLE && right >= LEAST_RIGHT && rightError <= limit();
  }

  /// Whether this is the thing, and whole.
  boolean known() {
    return visible >= LEAST_VISIBLE && error <= limit();
  }

  /// Whether this is the word: thin strokes of strong contrast keep less of their colour.
  boolean legible() {
    return visible >= LEAST_VISIBLE && error <= MOST_SHARE * contrast;
  }

  /// How well it fits, from 0 (just well enough to be known, or worse) to 1.
  double quality() {
    return Math.max(0, 1 - error / limit());
  }

  /// The largest error of the right thing.
  private double limit() {
    return Math.min(MOST_SHARE * contrast, Math.max(MOST_ERROR, SMALL_SHARE * contrast));
  }
}
