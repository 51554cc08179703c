package ai.dimoo.train.worlds.pictograms.things;

import ai.dimoo.image.Picture;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// A small picture with transparency: straight (not premultiplied) 8-bit RGBA. Where alpha is 0,
/// the colour is 0 too. Immutable and safe to share between threads.
public final class Sprite {

  /// From this alpha on a pixel belongs to the silhouette.
  private static final int SOLID = 128;

  private final int width;
  private final int height;
  private final int[] argb;

  /// Takes the array over: the caller must not write to it afterwards.
  Sprite(int width, int height, int[] argb) {
    if (width < 1 || height < 1 || argb.length != width * height) {
      throw new IllegalArgumentException(
          "a sprite of %dx%d cannot have %d pixels".formatted(width, height, argb.length));
    }
    this.width = width;
    this.height = height;
    this.argb = argb;
  }

  /// A sprite of these pixels, which are copied.
  ///
  /// @param argb 0xAARRGGBB, straight, row by row from the top left
  public static Sprite of(int width, int height, int[] argb) {
    return new Sprite(width, height, argb.clone());
  }

  /// Pixels in a row.
  public int width() {
    return width;
  }

  /// Rows.
  public int height() {
    return height;
  }

  /// The pixel at (x, y) from the top left, as 0xAARRGGBB.
  public int argb(int x, int y) {
    return argb[y * width + x];
  }

  /// How far the pixel at (x, y) covers what is behind it, from 0 to 255.
  public int alpha(int x, int y) {
    return argb(x, y) >>> 24;
  }

  /// A copy of all pixels, row by row, as 0xAARRGGBB.
  public int[] toArray() {
    return argb.clone();
  }

  /// Which pixels are more than half covered, row by row.
  public boolean[] silhouette() {
    boolean[] solid = new boolean[argb.length];
    for (int i = 0; i < argb.length; i++) {
      solid[i] = argb[i] >>> 24 >= SOLID;
    }
    return solid;
  }

  /// Draws this over a picture in the making; what lies beyond the picture is cut off.
  ///
  /// @param rgb red, green, blue of each pixel, row by row: 3·pictureWidth·pictureHeight bytes
  /// @param left where this sprite's left edge comes to lie, in pixels; may be negative
  /// @param top the same for its top edge
  public void drawOn(byte[] rgb, int pictureWidth, int pictureHeight, int left, int top) {
    for (int y = Math.max(0, -top); y < Math.min(height, pictureHeight - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(width, pictureWidth - left); x++) {
        int pixel = argb[y * width + x];
        int alpha = pixel >>> 24;
        if (alpha != 0) {
          int at = 3 * ((y + top) * pictureWidth + x + left);
          rgb[at] = (byte) mixed(rgb[at] & 0xff, pixel >> 16 & 0xff, alpha);
          rgb[at + 1] = (byte) mixed(rgb[at + 1] & 0xff, pixel >> 8 & 0xff, alpha);
          rgb[at + 2] = (byte) mixed(rgb[at + 2] & 0xff, pixel & 0xff, alpha);
        }
      }
    }
  }

  /// This sprite on a plain background.
  ///
  /// @param background 0xRRGGBB
  public Picture on(int background) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) (background >> 16);
      rgb[i + 1] = (byte) (background >> 8);
      rgb[i + 2] = (byte) background;
    }
    drawOn(rgb, width, height, 0, 0);
    return Picture.of(width, height, rgb);
  }

  /// A sprite with the same alpha and other colours.
  ///
  /// @param recolour from 0xRRGGBB to 0xRRGGBB, called wherever alpha is above 0
  Sprite recoloured(IntUnaryOperator recolour) {
    int[] changed = new int[argb.length];
    for (int i = 0; i < argb.length; i++) {
      int alpha = argb[i] >>> 24;
      if (alpha != 0) {
        changed[i] = alpha << 24 | recolour.applyAsInt(argb[i] & 0xffffff) & 0xffffff;
      }
    }
    return new Sprite(width, height, changed);
  }

  /// The mean of two levels, weighted by alpha of 255 and rounded.
  private static int mixed(int under, int over, int alpha) {
    return (under * (255 - alpha) + over * alpha + 127) / 255;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sprite s
        && s.width == width
        && s.height == height
        && Arrays.equals(s.argb, argb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(argb);
  }

  @Override
  public String toString() {
    return "Sprite[" + width + "x" + height + "]";
  }
}
