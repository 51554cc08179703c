package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import ai.dimoo.image.SquaredError;

/// How near a picture is to another of its size.
final class PictureQuality {

  /// What equal pictures get in place of infinity.
  static final double MOST = 60;

  /// Windows of SSIM (Wang and others 2004, here square and even), their step, and its two
  /// constants for levels of 0 to 255.
  private static final int WINDOW = 8;

  private static final int STEP = 4;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private PictureQuality() {}

  /// The peak signal-to-noise ratio over some pixels, in decibels, at most [#MOST].
  ///
  /// @param pixels which count, row by row; at least one
  static double psnr(Picture truth, Picture picture, boolean[] pixels) {
    return Math.min(MOST, SquaredError.of(truth, picture, pixels).psnr());
  }

  /// The structural similarity of luma, 0 to 1.
  static double ssim(Picture truth, Picture picture) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y + WINDOW <= truth.height(); y += STEP) {
      for (int x = 0; x + WINDOW <= truth.width(); x += STEP) {
        sum += ssim(truth, picture, x, y);
        count++;
      }
    }
    return sum / count;
  }

  private static double ssim(Picture truth, Picture picture, int left, int top) {
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < WINDOW * WINDOW; i++) {
      double p = luma(truth.rgb(left + i % WINDOW, top + i / WINDOW));
      double q = luma(picture.rgb(left + i % WINDOW, top + i / WINDOW));
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
    int n = WINDOW * WINDOW;
    a /= n;
    b /= n;
    double varianceA = aa / n - a * a;
    double varianceB = bb / n - b * b;
    double covariance = ab / n - a * b;
    return (2 * a * b + C1)
        * (2 * covariance + C2)
        / ((a * a + b * b + C1) * (varianceA + varianceB + C2));
  }

  private static double luma(int rgb) {
    return 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
  }
}
