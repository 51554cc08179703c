package ai.dimoo.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A decoded picture that may still be transparent.
///
/// @param rgb three bytes a pixel, row by row
/// @param alpha one byte a pixel, 0 is clear; null if all of it is opaque
record Pixels(Size size, byte[] rgb, byte @Nullable [] alpha) {

  /// The middle of the range: what is less opaque counts as clear in a mask.
  private static final int HALF = 128;

  /// Lighter counts as white.
  private static final int WHITE = 250;

  /// The same picture at its place on a clear canvas.
  ///
  /// @param box of the size of this picture, within the canvas
  Pixels on(Size canvas, Box box) {
    if (canvas.equals(size)) {
      return this;
    }
    byte[] wideRgb = new byte[Math.multiplyExact(3, canvas.width() * canvas.height())];
    byte[] wideAlpha = new byte[canvas.width() * canvas.height()];
    for (int y = 0; y < box.height(); y++) {
      int from = y * box.width();
      int to = (box.y() + y) * canvas.width() + box.x();
      System.arraycopy(rgb, 3 * from, wideRgb, 3 * to, 3 * box.width());
      if (alpha == null) {
        Arrays.fill(wideAlpha, to, to + box.width(), (byte) 255);
      } else {
        System.arraycopy(alpha, from, wideAlpha, to, box.width());
      }
    }
    return new Pixels(canvas, wideRgb, wideAlpha);
  }

  /// The same picture turned upright.
  Pixels turned(Orientation orientation) {
    if (orientation.equals(Orientation.UPRIGHT)) {
      return this;
    }
    int width = size.width();
    int height = size.height();
    Size turned = orientation.swaps() ? new Size(height, width) : size;
    byte[] newRgb = new byte[rgb.length];
    byte[] newAlpha = alpha == null ? null : new byte[alpha.length];
    for (int y = 0, to = 0; y < turned.height(); y++) {
      for (int x = 0; x < turned.width(); x++, to++) {
        int across = orientation.swaps() ? y : x;
        int down = orientation.swaps() ? x : y;
        int column = orientation.mirrorsX() ? width - 1 - across : across;
        int row = orientation.mirrorsY() ? height - 1 - down : down;
        int from = row * width + column;
        System.arraycopy(rgb, 3 * from, newRgb, 3 * to, 3);
        if (alpha != null && newAlpha != null) {
          newAlpha[to] = alpha[from];
        }
      }
    }
    return new Pixels(turned, newRgb, newAlpha);
  }

  /// The picture as it looks on white paper. Takes the bytes over.
  Picture onWhite() {
    if (alpha != null) {
      for (int i = 0; i < alpha.length; i++) {
        int opacity = alpha[i] & 0xff;
        for (int c = 3 * i; c < 3 * i + 3; c++) {
          int mixed = (rgb[c] & 0xff) * opacity + 255 * (255 - opacity);
          rgb[c] = (byte) ((mixed + 127) / 255);
        }
      }
    }
    return Picture.owning(size.width(), size.height(), rgb);
  }

  /// The mask that the picture stands for: its clear parts if it has any, else its light parts.
  Mask toMask() {
    if (hasClearParts()) {
      return Mask.of(size, (x, y) -> opacity(y * size.width() + x) < HALF);
    }
    return Mask.of(size, (x, y) -> luminance(y * size.width() + x) >= HALF);
  }

  /// Whether any pixel is less than half opaque.
  boolean hasClearParts() {
    return clearPixels() > 0;
  }

  private int clearPixels() {
    int clear = 0;
    for (int i = 0; i < size.width() * size.height(); i++) {
      clear += opacity(i) < HALF ? 1 : 0;
    }
    return clear;
  }

  /// Whether it is a clear layer with white strokes: what is clear marks nearly all of it, what is
  /// white marks the strokes, and only their painter knows which was meant.
  boolean isWhiteStrokesOnClear() {
    int all = size.width() * size.height();
    int clear = clearPixels();
    if (clear == all || 2L * clear <= all) {
      return false;
    }
    for (int i = 0; i < all; i++) {
      if (opacity(i) >= HALF && luminance(i) < WHITE) {
        return false;
      }
    }
    return true;
  }

  /// Of which the clear parts are marked; null if there are none.
  @Nullable Mask toHole() {
    return hasClearParts() ? toMask() : null;
  }

  private int opacity(int pixel) {
    return alpha == null ? 255 : alpha[pixel] & 0xff;
  }

  /// ITU-R BT.601 luma as Pillow's conversion to `L` computes it, 0..255.
  private int luminance(int pixel) {
    int red = rgb[3 * pixel] & 0xff;
    int green = rgb[3 * pixel + 1] & 0xff;
    int blue = rgb[3 * pixel + 2] & 0xff;
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
}
