package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;

/// What colour each pixel has.
interface PixelColours {

  /// 0xRRGGBB
  int at(int x, int y);

  static int grey(int level) {
    return 0x010101 * level;
  }

  /// The mean of red, green and blue, 0 to 255.
  static int level(int rgb) {
    return ((rgb >> 16) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3;
  }

  static Picture picture(int width, int height, PixelColours pixels) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int colour = pixels.at(i % width, i / width);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return Picture.of(width, height, rgb);
  }
}
