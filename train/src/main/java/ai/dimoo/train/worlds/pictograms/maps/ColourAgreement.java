package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;

/// How well two maps agree whose colours mean something: skeletons and normals. The F1 of the
/// pixels that are not the background's, a pixel being right if the other map has nearly its colour
/// near it.
final class ColourAgreement {

  /// The largest difference of any of red, green and blue between alike colours.
  private static final int ALIKE = 64;

  private ColourAgreement() {}

  /// 0 to 1; two maps of background alone agree.
  ///
  /// @param background 0xRRGGBB
  static double f1(Picture truth, Picture map, int background) {
    double precision = near(map, truth, background);
    double recall = near(truth, map, background);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static double near(Picture these, Picture those, int background) {
    int all = 0;
    int right = 0;
    for (int y = 0; y < these.height(); y++) {
      for (int x = 0; x < these.width(); x++) {
        int colour = these.rgb(x, y);
        if (!alike(colour, background)) {
          all++;
          right += hasNear(those, x, y, colour) ? 1 : 0;
        }
      }
    }
    return all == 0 ? 1 : right / (double) all;
  }

  private static boolean hasNear(Picture those, int x, int y, int colour) {
    int reach = EdgeAgreement.TOLERANCE;
    for (int v = Math.max(0, y - reach); v <= Math.min(those.height() - 1, y + reach); v++) {
      for (int u = Math.max(0, x - reach); u <= Math.min(those.width() - 1, x + reach); u++) {
        if (alike(those.rgb(u, v), colour)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean alike(int a, int b) {
    for (int shift = 16; shift >= 0; shift -= 8) {
      if (Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > ALIKE) {
        return false;
      }
    }
    return true;
  }
}
