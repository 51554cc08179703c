package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;

/// How well two maps of edges agree: the F1 of their bright pixels, a pixel being right if the
/// other map has one near it.
public final class EdgeAgreement {

  /// How far apart two pixels of the same edge may lie, in pixels.
  public static final int TOLERANCE = 2;

  /// From this level on a pixel belongs to an edge.
  private static final int BRIGHT = 128;

  private EdgeAgreement() {}

  /// 0 to 1; two maps without any edge agree.
  public static double f1(Picture truth, Picture map) {
    boolean[] expected = bright(truth);
    boolean[] found = bright(map);
    double precision = near(found, expected, truth.width());
    double recall = near(expected, found, truth.width());
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static boolean[] bright(Picture map) {
    boolean[] bright = new boolean[map.width() * map.height()];
    for (int i = 0; i < bright.length; i++) {
      bright[i] = PixelColours.level(map.rgb(i % map.width(), i / map.width())) >= BRIGHT;
    }
    return bright;
  }

  /// The share of `these` that have one of `those` near them; 1 if there are none of either, 0 if
  /// there are none of one.
  private static double near(boolean[] these, boolean[] those, int width) {
    int all = 0;
    int right = 0;
    boolean others = false;
    for (int i = 0; i < these.length; i++) {
      others |= those[i];
      if (these[i]) {
        all++;
        right += isNear(those, i % width, i / width, width) ? 1 : 0;
      }
    }
    if (all == 0) {
      return others ? 0 : 1;
    }
    return right / (double) all;
  }

  private static boolean isNear(boolean[] those, int x, int y, int width) {
    int height = those.length / width;
    for (int dy = -TOLERANCE; dy <= TOLERANCE; dy++) {
      for (int dx = -TOLERANCE; dx <= TOLERANCE; dx++) {
        boolean inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        boolean close = dx * dx + dy * dy <= TOLERANCE * TOLERANCE;
        if (inside && close && those[(y + dy) * width + x + dx]) {
          return true;
        }
      }
    }
    return false;
  }
}
