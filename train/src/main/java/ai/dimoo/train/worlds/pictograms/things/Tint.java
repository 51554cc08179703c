package ai.dimoo.train.worlds.pictograms.things;

/// Recolours sprites: every lightness becomes one of a ramp from a dark shade over the colour
/// itself, where the sprite's median lightness comes to lie, to a light one.
final class Tint {

  /// What the colour is multiplied by at the dark end.
  private static final double DARKEST = 0.3;

  /// How far the light end is from the colour to white.
  private static final double LIGHTEST = 0.72;

  /// A sprite that is nearly all black keeps some structure.
  private static final double LOWEST_MEDIAN = 0.2;

  private Tint() {}

  static Sprite of(Colour colour, Sprite sprite) {
    double median = Math.max(medianLightness(sprite), LOWEST_MEDIAN);
    int dark = Rgb.scaled(colour.rgb(), DARKEST);
    int light = Rgb.between(colour.rgb(), 0xffffff, LIGHTEST);
    return sprite.recoloured(rgb -> {
      double lightness = Rgb.lightness(rgb);
      return lightness <= median
          ? Rgb.between(dark, colour.rgb(), lightness / median)
          : Rgb.between(colour.rgb(), light, (lightness - median) / (1 - median));
    });
  }

  /// Half of what is covered is darker than this.
  private static double medianLightness(Sprite sprite) {
    long[] covered = new long[256];
    long total = 0;
    for (int pixel : sprite.toArray()) {
      int alpha = pixel >>> 24;
      covered[(int) Math.round(255 * Rgb.lightness(pixel))] += alpha;
      total += alpha;
    }
    long below = 0;
    int level = 0;
    while (level < 255 && 2 * (below + covered[level]) < total) {
      below += covered[level++];
    }
    return level / 255.0;
  }
}
