package ai.dimoo.image;

import ai.dimoo.error.UserException;

/// How a picture is made to fill a size: halved with [Filter#BOX] while both sides are at least
/// twice the crop, then resized with [Filter#BICUBIC] until it covers the crop, then cut out of it
/// (`var_center_crop` in the reference's `utils/image_utils.py`). Immutable.
///
/// @param source the size of the picture that this crop is for
/// @param resized its size before the cut
/// @param box what is cut out of the resized picture. The reference draws its corner at random from
///   0 to [#maxOffsetX()] and [#maxOffsetY()]; here it is the middle unless told otherwise
public record Crop(Size source, Size resized, Box box) {

  /// @throws UserException if the box reaches beyond the resized picture
  public Crop {
    box.requireInside(resized);
  }

  /// The crop in the middle.
  ///
  /// @throws UserException if the picture is too elongated to be resized
  public static Crop centred(Size source, Size crop) {
    Size halved = source;
    while (halved.width() >= 2 * crop.width() && halved.height() >= 2 * crop.height()) {
      halved = halfOf(halved);
    }
    double scale =
        Math.max((double) crop.width() / halved.width(), (double) crop.height() / halved.height());
    // Python's round: half to even, as rint
    double width = Math.rint(halved.width() * scale);
    double height = Math.rint(halved.height() * scale);
    if (Math.max(width, height) > Integer.MAX_VALUE) {
      throw new UserException(
          "The picture is %s, too elongated to fill %s: crop it first.".formatted(source, crop));
    }
    Size resized = new Size((int) width, (int) height);
    int x = (resized.width() - crop.width()) / 2;
    int y = (resized.height() - crop.height()) / 2;
    return new Crop(source, resized, new Box(x, y, crop.width(), crop.height()));
  }

  /// The same crop with its corner elsewhere.
  ///
  /// @param x from 0 to [#maxOffsetX()]
  /// @param y from 0 to [#maxOffsetY()]
  public Crop at(int x, int y) {
    return new Crop(source, resized, new Box(x, y, box.width(), box.height()));
  }

  /// How far right the box can go.
  public int maxOffsetX() {
    return resized.width() - box.width();
  }

  /// How far down the box can go.
  public int maxOffsetY() {
    return resized.height() - box.height();
  }

  /// The crop of a picture.
  ///
  /// @param picture of the size [#source()]
  public Picture of(Picture picture) {
    if (!picture.size().equals(source)) {
      throw new IllegalArgumentException("a crop for " + source + " applied to " + picture);
    }
    Picture halved = picture;
    while (halved.width() >= 2 * box.width() && halved.height() >= 2 * box.height()) {
      halved = Resize.to(halved, halfOf(halved.size()), Filter.BOX);
    }
    return Resize.window(halved, resized, box, Filter.BICUBIC);
  }

  private static Size halfOf(Size size) {
    return new Size(size.width() / 2, size.height() / 2);
  }
}
