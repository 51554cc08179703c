package ai.dimoo.train.worlds.pictograms.things;

/// Arithmetic on colours as 0xRRGGBB.
final class Rgb {

  private Rgb() {}

  /// Luma as in Rec. 601, from 0 (black) to 1 (white).
  static double lightness(int rgb) {
    return (0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff)) / 255;
  }

  /// The colour at `share` of the way from one to another.
  static int between(int from, int to, double share) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double a = from >> shift & 0xff;
      double b = to >> shift & 0xff;
      rgb |= (int) Math.round(Math.clamp(a + (b - a) * share, 0, 255)) << shift;
    }
    return rgb;
  }

  /// Each channel times `factor`, at most 1.
  static int scaled(int rgb, double factor) {
    return between(0, rgb, factor);
  }

  /// The grey of the same lightness.
  static int grey(int rgb) {
    return 0x010101 * (int) Math.round(255 * lightness(rgb));
  }
}
