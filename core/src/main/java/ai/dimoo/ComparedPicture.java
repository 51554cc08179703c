package ai.dimoo;

import ai.dimoo.diffusion.Agreement;
import ai.dimoo.image.Picture;
import org.jspecify.annotations.Nullable;

/// One picture of two models. Immutable.
///
/// @param agreement of the second model with the first, asked at every step of the first one's run
/// @param codes of a picture
/// @param otherCodes of these, those that differ in the pictures that each model draws for itself
/// @param meanSquare of the differences between these pictures, levels being 0 to 255
public record ComparedPicture(
    String prompt, long seed, Agreement agreement, int codes, int otherCodes, double meanSquare) {

  private static final int WHITE = 255;

  static double meanSquare(Picture first, Picture second) {
    byte[] a = first.toBytes();
    byte[] b = second.toBytes();
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & WHITE) - (b[i] & WHITE);
      squares += difference * difference;
    }
    return squares / a.length;
  }

  /// The peak signal-to-noise ratio of the second picture, in decibels; null: they are equal.
  public @Nullable Double psnr() {
    return psnr(meanSquare);
  }

  /// @param meanSquare of differences
  static @Nullable Double psnr(double meanSquare) {
    return meanSquare == 0 ? null : 10 * Math.log10((double) WHITE * WHITE / meanSquare);
  }
}
