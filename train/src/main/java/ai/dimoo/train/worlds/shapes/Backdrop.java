package ai.dimoo.train.worlds.shapes;

import ai.dimoo.image.Picture;

/// The judge's idea of a picture's background, and how far each pixel is from it.
///
/// A background pixel lies between a tone's two shades; an object's pixel lies near a palette
/// colour; a pixel on an edge lies between both, in proportion to what the object covers.
final class Backdrop {

  /// Pixels farther than this from a tone say nothing more against it (RGB distance).
  private static final double FAR = 60;

  private static final Colour[] PALETTE = Colour.values();

  private final Picture picture;
  private final Tone tone;

  private Backdrop(Picture picture, Tone tone) {
    this.picture = picture;
    this.tone = tone;
  }

  /// The tone that the pixels are nearest to in the mean; objects are far from every tone.
  static Backdrop of(Picture picture) {
    Backdrop best = new Backdrop(picture, Tone.WHITE);
    double least = Double.MAX_VALUE;
    for (Tone tone : Tone.values()) {
      Backdrop guess = new Backdrop(picture, tone);
      double sum = 0;
      for (int y = 0; y < picture.height(); y++) {
        for (int x = 0; x < picture.width(); x++) {
          sum += Math.min(FAR, guess.distance(x, y));
        }
      }
      if (sum < least) {
        least = sum;
        best = guess;
      }
    }
    return best;
  }

  Tone tone() {
    return tone;
  }

  /// How far a pixel is from the segment between the tone's two shades.
  double distance(int x, int y) {
    return toSegment(picture.rgb(x, y), tone.rgb(), tone.shade());
  }

  /// The share of a pixel that an object of this colour covers, from 0 to 1.
  double share(int x, int y, Colour colour) {
    double near = distance(x, y);
    double far = Math.sqrt(square(picture.rgb(x, y), colour.rgb()));
    return near == 0 ? 0 : near / (near + far);
  }

  /// The same share by projection on the line from the background to the colour: less exact than
  /// [#share] before a texture, but noise does not push it up.
  double projectedShare(int x, int y, Colour colour) {
    int middle = (tone.rgb() & 0xfefefe) / 2 + (tone.shade() & 0xfefefe) / 2;
    return Math.clamp(along(picture.rgb(x, y), middle, colour.rgb()), 0.0, 1.0);
  }

  /// The palette colour nearest to a pixel.
  Colour nearest(int x, int y) {
    int rgb = picture.rgb(x, y);
    Colour best = Colour.RED;
    int least = Integer.MAX_VALUE;
    for (Colour colour : PALETTE) {
      int square = square(rgb, colour.rgb());
      if (square < least) {
        least = square;
        best = colour;
      }
    }
    return best;
  }

  /// Where a background pixel lies between the tone's main shade (0) and its second one (1).
  double shade(int x, int y) {
    return along(picture.rgb(x, y), tone.rgb(), tone.shade());
  }

  /// The squared distance of two colours.
  private static int square(int a, int b) {
    int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
    int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return red * red + green * green + blue * blue;
  }

  private static double toSegment(int point, int from, int to) {
    double t = Math.clamp(along(point, from, to), 0.0, 1.0);
    double sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double start = from >> shift & 0xff;
      double end = to >> shift & 0xff;
      double d = (point >> shift & 0xff) - (start + t * (end - start));
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  /// The projection of a colour on the line through two others: 0 at the first, 1 at the second.
  private static double along(int point, int from, int to) {
    double along = 0;
    double length = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double d = (to >> shift & 0xff) - (from >> shift & 0xff);
      along += ((point >> shift & 0xff) - (from >> shift & 0xff)) * d;
      length += d * d;
    }
    return along / length;
  }
}
