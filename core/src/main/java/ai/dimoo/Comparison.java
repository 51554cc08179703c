package ai.dimoo;

import ai.dimoo.diffusion.Agreement;
import ai.dimoo.image.SquaredError;
import ai.dimoo.request.ModelIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What two models made of the same prompts. Immutable.
///
/// @param timesteps of each picture
public record Comparison(
    ModelIdentity first, ModelIdentity second, int timesteps, List<ComparedPicture> pictures) {

  /// Copies the list.
  public Comparison {
    pictures = List.copyOf(pictures);
  }

  /// Over all pictures.
  public Agreement agreement() {
    return pictures.stream()
        .map(ComparedPicture::agreement)
        .reduce(Agreement.NONE, Agreement::plus);
  }

  /// How many pictures are equal, pixel by pixel.
  public long equalPictures() {
    return pictures.stream().filter(picture -> picture.error().sum() == 0).count();
  }

  /// The share of the pictures' codes that differ; 0 without pictures.
  public double otherCodes() {
    long codes = pictures.stream().mapToLong(ComparedPicture::codes).sum();
    long other = pictures.stream().mapToLong(ComparedPicture::otherCodes).sum();
    return codes == 0 ? 0 : (double) other / codes;
  }

  /// The peak signal-to-noise ratio over the pixels of all pictures, in decibels; null: all are
  /// equal.
  public @Nullable Double psnr() {
    return ComparedPicture.psnr(
        pictures.stream()
            .map(ComparedPicture::error)
            .reduce(SquaredError.NONE, SquaredError::plus));
  }
}
