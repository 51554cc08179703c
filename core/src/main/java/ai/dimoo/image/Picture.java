package ai.dimoo.image;

import java.util.Arrays;

/// An RGB picture, 8 bits a channel. Immutable and safe to share between threads.
public final class Picture {

  private final int width;
  private final int height;
  private final byte[] rgb;
  private final int frames;

  private Picture(int width, int height, byte[] rgb) {
    this(width, height, rgb, 1);
  }

  private Picture(int width, int height, byte[] rgb, int frames) {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of " + width + "x" + height + " cannot have " + rgb.length + " bytes");
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.frames = frames;
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

  /// A picture of one colour.
  ///
  /// @param rgb 0xRRGGBB
  public static Picture filled(Size size, int rgb) {
    return new Canvas(size, rgb).toPicture();
  }

  /// The picture of a decoder's output, clipped to 0..1 and rounded half to even, as the
  /// reference's post-processing does (`(x * 255).round()` in float32). Not a number becomes 0.
  ///
  /// @param planes [3, height, width]: the red plane, row by row, then green, then blue
  public static Picture fromPlanes(float[] planes, int width, int height) {
    int plane = width * height;
    byte[] rgb = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      double level = Math.rint(Math.clamp(planes[i], 0f, 1f) * 255f);
      rgb[3 * (i % plane) + i / plane] = (byte) (int) level;
    }
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

  /// Width and height.
  public Size size() {
    return new Size(width, height);
  }

  /// How many frames the animation had of which this is the first; 1 for pictures that did not
  /// move. Pictures that are equal may differ in it.
  public int frames() {
    return frames;
  }

  /// The same picture, as the first of so many frames.
  public Picture ofFrames(int frames) {
    return frames == this.frames ? this : new Picture(width, height, rgb, frames);
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

  /// What an encoder takes: [3, height, width] in 0..1, the red plane, then green, then blue.
  public float[] toPlanes() {
    int plane = width * height;
    float[] planes = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planes[i % 3 * plane + i / 3] = (rgb[i] & 0xff) / 255f;
    }
    return planes;
  }

  /// The part of this picture inside `box`.
  ///
  /// @throws ai.dimoo.error.UserException if the box reaches beyond the picture
  public Picture crop(Box box) {
    box.requireInside(size());
    byte[] part = new byte[3 * box.width() * box.height()];
    int stride = 3 * box.width();
    for (int y = 0; y < box.height(); y++) {
      int from = 3 * ((box.y() + y) * width + box.x());
      System.arraycopy(rgb, from, part, y * stride, stride);
    }
    return new Picture(box.width(), box.height(), part);
  }

  /// Each pixel as a square of `factor` by `factor` pixels.
  public Picture enlarged(int factor) {
    if (factor == 1) {
      return this;
    }
    Size size = new Size(Math.multiplyExact(width, factor), Math.multiplyExact(height, factor));
    return Resize.to(this, size, Filter.BOX);
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
