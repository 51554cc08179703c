package ai.dimoo.train.worlds.pictograms.things;

/// Where the lines of a line drawing lie: along the silhouette and where lightness changes within.
final class Contours {

  /// Change of lightness from which a line begins to show, and at which it is fully there.
  private static final double FAINT = 0.09;

  private static final double STRONG = 0.22;

  private Contours() {}

  /// How much of a line each pixel is, from 0 to 1, row by row.
  static double[] of(Sprite sprite) {
    double[] lines = border(sprite);
    for (int i = 0; i < lines.length; i++) {
      double change = change(sprite, i % sprite.width(), i / sprite.width());
      lines[i] = Math.max(lines[i], Math.clamp((change - FAINT) / (STRONG - FAINT), 0, 1));
    }
    return lines;
  }

  /// The same for the silhouette alone: pixels that are covered, with one beside them that is not.
  static double[] border(Sprite sprite) {
    double[] lines = new double[sprite.width() * sprite.height()];
    for (int i = 0; i < lines.length; i++) {
      int x = i % sprite.width();
      int y = i / sprite.width();
      double inside = cover(sprite, x, y);
      double least =
          Math.min(
              Math.min(cover(sprite, x - 1, y), cover(sprite, x + 1, y)),
              Math.min(cover(sprite, x, y - 1), cover(sprite, x, y + 1)));
      lines[i] = inside > 0 ? 1 - Math.min(inside, least) : 0;
    }
    return lines;
  }

  /// The gradient of lightness within the silhouette.
  private static double change(Sprite sprite, int x, int y) {
    double across = lightness(sprite, x + 1, y, x, y) - lightness(sprite, x - 1, y, x, y);
    double down = lightness(sprite, x, y + 1, x, y) - lightness(sprite, x, y - 1, x, y);
    return Math.hypot(across, down) / 2;
  }

  /// The lightness of one pixel, or, if that is outside of the silhouette, of another.
  private static double lightness(Sprite sprite, int x, int y, int otherX, int otherY) {
    return cover(sprite, x, y) < 0.5
        ? Rgb.lightness(sprite.argb(otherX, otherY))
        : Rgb.lightness(sprite.argb(x, y));
  }

  private static double cover(Sprite sprite, int x, int y) {
    return x < 0 || y < 0 || x >= sprite.width() || y >= sprite.height()
        ? 0
        : sprite.alpha(x, y) / 255.0;
  }
}
