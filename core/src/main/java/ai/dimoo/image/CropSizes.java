package ai.dimoo.image;

import java.util.ArrayList;
import java.util.List;

/// The sizes that a picture may be cropped to so that it has about as many pixels as a square of a
/// given side: all have sides that are multiples of a patch, and none is more elongated than 4 to 1
/// (`generate_crop_size_list` in the reference's `utils/image_utils.py`). Immutable.
///
/// The reference uses a side of 512 for editing and 1024 for understanding.
public final class CropSizes {

  /// Sides are multiples of this in the reference: two tokens of 16 pixels.
  public static final int PATCH = 32;

  private static final double MAX_RATIO = 4.0;

  private final List<Size> sizes;

  private CropSizes(List<Size> sizes) {
    this.sizes = sizes;
  }

  /// Sizes of about `side`·`side` pixels whose sides are multiples of [#PATCH].
  public static CropSizes forSide(int side) {
    return forSide(side, PATCH);
  }

  /// @param side of the square with the same area, at least `patch`
  /// @param patch what all sides are multiples of; a multiple of the model's pixels per token
  public static CropSizes forSide(int side, int patch) {
    int patches = side / patch * (side / patch);
    if (patches < 1) {
      throw new IllegalArgumentException("side " + side + " is less than the patch " + patch);
    }
    List<Size> sizes = new ArrayList<>();
    int wide = patches;
    int high = 1;
    while (wide > 0) {
      if ((double) Math.max(wide, high) / Math.min(wide, high) <= MAX_RATIO) {
        sizes.add(new Size(wide * patch, high * patch));
      }
      if ((high + 1) * wide <= patches) {
        high++;
      } else {
        wide--;
      }
    }
    return new CropSizes(List.copyOf(sizes));
  }

  /// All sizes, from the widest to the highest.
  public List<Size> sizes() {
    return sizes;
  }

  /// The size that keeps most of a picture of this size: the one nearest to it in shape; of equals
  /// the wider, then the higher.
  public Size nearestTo(Size picture) {
    Size best = sizes.getFirst();
    double kept = -1;
    for (Size size : sizes) {
      double across = (double) size.width() / picture.width();
      double down = (double) size.height() / picture.height();
      double share = Math.min(across, down) / Math.max(across, down);
      boolean larger =
          size.width() > best.width()
              || size.width() == best.width() && size.height() > best.height();
      if (share > kept || share == kept && larger) {
        best = size;
        kept = share;
      }
    }
    return best;
  }

  /// How a picture of this size is cropped, the crop in the middle.
  ///
  /// @throws ai.dimoo.error.UserException if the picture is too elongated to be resized
  public Crop cropOf(Size picture) {
    return Crop.centred(picture, nearestTo(picture));
  }

  /// How a picture of this size is shown whole in the nearest of these sizes.
  ///
  /// @throws ai.dimoo.error.UserException if the picture is too elongated for that
  public Padding paddingOf(Size picture) {
    return Padding.centred(picture, nearestTo(picture));
  }

  /// The picture, resized and cropped in the middle to the nearest of these sizes.
  ///
  /// @throws ai.dimoo.error.UserException if the picture is too elongated to be resized
  public Picture crop(Picture picture) {
    return cropOf(picture.size()).of(picture);
  }
}
