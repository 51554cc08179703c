package ai.dimoo;

import ai.dimoo.image.Picture;

/// Input pictures for tests.
final class Pictures {

  private Pictures() {}

  /// Stripes and gradients that differ with `kind`.
  static Picture of(int width, int height, int kind) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = 3 * (y * width + x);
        rgb[i] = (byte) (x * 255 / width);
        rgb[i + 1] = (byte) ((x / 5 + y / 7 + kind) % 2 * 200);
        rgb[i + 2] = (byte) (y * 255 / height * (kind + 1));
      }
    }
    return Picture.of(width, height, rgb);
  }
}
