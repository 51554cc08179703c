package ai.dimoo.image;

import java.util.Arrays;

/// An RGB picture, 8 bits a channel. Immutable and safe to share between threads.
public final class Picture {

  private final int width;
  private final int height;
  private final byte[] rgb;

  private Picture(int width, int height, byte[] rgb) {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of " + width + "x" + height + " cannot have " + rgb.length + " bytes");
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /// A picture of these bytes, which are copied.
  ///
  /// @param rgb red, green, blue of each pixel, row by row from the top left: 3·width·height bytes
  public static Picture of(int width, int height, byte[] rgb) {
    return new Picture(width, height, rgb.clone());
  }

  /// A picture that takes the array over: the caller must not write to it afterwards.
  static Picture owning(int width, int height, byte[] rgb) {
    return new Picture(width, height, rgb);
  }

  /// Pixels in a row.
  public int width() {
    return width;
  }

  /// Rows.
  public int height() {
    return height;
  }

  /// The colour at (x, y) as 0xRRGGBB, counted from the top left.
  public int rgb(int x, int y) {
    int i = 3 * (y * width + x);
    return (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
  }

  /// A copy of the bytes: red, green, blue of each pixel, row by row from the top left.
  public byte[] toBytes() {
    return rgb.clone();
  }

  /// The bytes themselves, for readers in this package.
  byte[] bytes() {
    return rgb;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture p
        && p.width == width
        && p.height == height
        && Arrays.equals(p.rgb, rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Picture[" + width + "x" + height + "]";
  }
}
