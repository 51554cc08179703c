package ai.dimoo.image;

import ai.dimoo.error.UserException;
import ai.dimoo.sequence.TokenMask;

/// Makes the token masks of inpainting, outpainting and retouching. A token is masked if more than
/// half of the pixels it stands for are, as in the reference's `encode_img_with_paint`, or, with
/// [Coverage#ANY], if any of them is.
///
/// Everywhere `picture` is the size of the picture in pixels, with sides that are multiples of
/// `factor`, the pixels per token along a side: 16 for the published and the pocket model.
public final class PaintMask {

  private PaintMask() {}

  /// How much of a token's pixels must be masked for the token to be.
  public enum Coverage {
    /// More than half: the reference's rule.
    MOST,
    /// At least a part of a pixel: nothing that was marked stays as it was.
    ANY;

    private boolean reached(long masked, long all) {
      return this == ANY ? masked > 0 : 2 * masked > all;
    }
  }

  /// The reference's rectangle in the middle of the picture, which is to be regenerated.
  ///
  /// @param heightRatio the rectangle's height as a share of the picture's, 0..1 (reference: 1.0;
  ///   0.5 in its inpainting example)
  /// @param widthRatio the same for its width (reference: 0.2; 0.5 in its inpainting example)
  /// @throws UserException if a ratio is not within 0..1 or a side is not a multiple of `factor`
  public static TokenMask inpainting(
      Size picture, double heightRatio, double widthRatio, int factor) {
    requireGrid(picture, factor);
    return ofRectangle(picture, centre(picture, heightRatio, widthRatio), factor, Coverage.MOST);
  }

  /// The rest of the picture round the rectangle of [#inpainting]. The pixels are inverted, not the
  /// tokens: one of which exactly half is in the rectangle is masked in neither.
  ///
  /// @throws UserException if a ratio is not within 0..1 or a side is not a multiple of `factor`
  public static TokenMask outpainting(
      Size picture, double heightRatio, double widthRatio, int factor) {
    requireGrid(picture, factor);
    Rectangle kept = centre(picture, heightRatio, widthRatio);
    long all = (long) factor * factor;
    return TokenMask.of(
        picture.height() / factor,
        picture.width() / factor,
        (row, column) -> Coverage.MOST.reached(all - kept.covers(row, column, factor), all));
  }

  /// The tokens under a box.
  ///
  /// @throws UserException if the box reaches beyond the picture, no token is masked, or a side of
  ///   the picture is not a multiple of `factor`
  public static TokenMask ofBox(Size picture, Box box, int factor, Coverage coverage) {
    requireGrid(picture, factor);
    box.requireInside(picture);
    Rectangle rectangle = new Rectangle(box.x(), box.y(), box.width(), box.height());
    TokenMask mask = ofRectangle(picture, rectangle, factor, coverage);
    if (mask.count() == 0) {
      throw new UserException(
          "The box %s covers no token by more than half: a token is %dx%d pixels, make it larger."
              .formatted(box, factor, factor));
    }
    return mask;
  }

  /// The tokens under a user's mask, which is stretched over the picture, each token taking the
  /// exact average of the area it covers.
  ///
  /// @param mask of any size; its shape should be the picture's
  /// @throws UserException if no token is masked or a side of the picture is not a multiple of
  ///   `factor`
  public static TokenMask ofMask(Size picture, Mask mask, int factor, Coverage coverage) {
    requireGrid(picture, factor);
    int rows = picture.height() / factor;
    int columns = picture.width() / factor;
    TokenMask tokens =
        TokenMask.of(
            rows, columns, (row, column) -> covers(mask, row, rows, column, columns, coverage));
    if (tokens.count() == 0) {
      throw new UserException(
          ("The mask marks %d of its %s pixels, too few for any token of %dx%d pixels: "
                  + "mark more, in white or as transparent.")
              .formatted(mask.count(), mask.size(), factor, factor));
    }
    return tokens;
  }

  /// Whether the mask covers the token: lengths are counted in 1/columns and 1/rows of a pixel, so
  /// that all of them are whole and nothing is rounded.
  private static boolean covers(
      Mask mask, int row, int rows, int column, int columns, Coverage coverage) {
    long width = mask.size().width(); // of a token; a pixel is `columns` wide
    long height = mask.size().height();
    long covered = 0;
    for (long y = row * height / rows; y * rows < (row + 1) * height; y++) {
      long down = overlap(y * rows, rows, row * height, height);
      for (long x = column * width / columns; x * columns < (column + 1) * width; x++) {
        if (mask.masked((int) x, (int) y)) {
          covered += down * overlap(x * columns, columns, column * width, width);
        }
      }
    }
    return coverage.reached(covered, width * height);
  }

  private static TokenMask ofRectangle(
      Size picture, Rectangle rectangle, int factor, Coverage coverage) {
    return TokenMask.of(
        picture.height() / factor,
        picture.width() / factor,
        (row, column) ->
            coverage.reached(rectangle.covers(row, column, factor), (long) factor * factor));
  }

  private static Rectangle centre(Size picture, double heightRatio, double widthRatio) {
    int height = share(picture.height(), heightRatio, "height");
    int width = share(picture.width(), widthRatio, "width");
    return new Rectangle(
        (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
  }

  /// A rectangle of pixels that may be empty, which a [Box] may not.
  private record Rectangle(int x, int y, int width, int height) {

    /// How many pixels of a token it covers.
    long covers(int row, int column, int factor) {
      return overlap((long) row * factor, factor, y, height)
          * overlap((long) column * factor, factor, x, width);
    }
  }

  /// The length that two stretches have in common.
  private static long overlap(long start, long length, long otherStart, long otherLength) {
    long end = Math.min(start + length, otherStart + otherLength);
    return Math.max(0, end - Math.max(start, otherStart));
  }

  private static int share(int side, double ratio, String name) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new UserException(
          "The mask's %s ratio is %s: give a number from 0 to 1.".formatted(name, ratio));
    }
    return (int) Math.rint(side * ratio); // Python's round: half to even
  }

  private static void requireGrid(Size picture, int factor) {
    if (picture.width() % factor != 0 || picture.height() % factor != 0) {
      throw new UserException(
          "The picture is %s, but both sides must be multiples of %d: use %dx%d."
              .formatted(
                  picture,
                  factor,
                  Math.max(picture.width() / factor, 1) * factor,
                  Math.max(picture.height() / factor, 1) * factor));
    }
  }
}
