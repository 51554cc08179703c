package ai.dimoo;

import ai.dimoo.diffusion.Agreement;
import ai.dimoo.image.SquaredError;
import org.jspecify.annotations.Nullable;

/// One picture of two models. Immutable.
///
/// @param agreement of the second model with the first, asked at every step of the first one's run
/// @param codes of a picture
/// @param otherCodes of these, those that differ in the pictures that each model draws for itself
/// @param error of the second of these pictures, as far as it is another than the first
public record ComparedPicture(
    String prompt, long seed, Agreement agreement, int codes, int otherCodes, SquaredError error) {

  /// The peak signal-to-noise ratio of the second picture, in decibels; null: they are equal.
  public @Nullable Double psnr() {
    return psnr(error);
  }

  static @Nullable Double psnr(SquaredError error) {
    return error.sum() == 0 ? null : error.psnr();
  }
}
