package ai.dimoo.image;

/// A picture in the making: a plain background on which others are placed, for sheets and for
/// pictures that are to be continued beyond their edges. Not safe for use by several threads.
public final class Canvas {

  /// The grey that the reference shows where nothing is drawn yet.
  public static final int GREY = 0x7f7f7f;

  private final Size size;
  private final byte[] rgb;

  /// @param background 0xRRGGBB
  public Canvas(Size size, int background) {
    this.size = size;
    rgb = new byte[Math.multiplyExact(Math.multiplyExact(3, size.width()), size.height())];
    fill(0, 0, size.width(), size.height(), background);
  }

  /// Paints a rectangle in one colour; all of it lies on the canvas, and it may be empty.
  ///
  /// @param x of its top left corner
  /// @param y of the same
  /// @param colour 0xRRGGBB
  public Canvas fill(int x, int y, int width, int height, int colour) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        int at = 3 * (row * size.width() + column);
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
      }
    }
    return this;
  }

  /// Places a picture with its top left corner at (x, y); what lies beyond the canvas is cut off.
  public Canvas draw(Picture picture, int x, int y) {
    int left = Math.max(x, 0);
    int right = (int) Math.min((long) x + picture.width(), size.width());
    int top = Math.max(y, 0);
    int bottom = (int) Math.min((long) y + picture.height(), size.height());
    for (int row = top; row < bottom && left < right; row++) {
      int from = 3 * ((row - y) * picture.width() + left - x);
      int to = 3 * (row * size.width() + left);
      System.arraycopy(picture.bytes(), from, rgb, to, 3 * (right - left));
    }
    return this;
  }

  /// What the canvas shows now; drawing on does not change it.
  public Picture toPicture() {
    return Picture.of(size.width(), size.height(), rgb);
  }
}
