package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;

/// Soft edges of a picture, white on black, in place of those that the HED network draws: the
/// largest gradient of the three colours, averaged over three scales. Integer arithmetic.
final class SoftEdges {

  /// Radii of the box blur before each gradient, in pixels.
  private static final int[] SCALES = {1, 2, 4};

  /// A step of 255 between two flat areas has about this level before clipping.
  private static final int GAIN = 2;

  /// Levels of edges that are taken for texture.
  private static final int FLOOR = 36;

  private final int width;
  private final int height;
  private final int[] sum;

  private SoftEdges(int width, int height) {
    this.width = width;
    this.height = height;
    sum = new int[width * height];
  }

  static Picture of(Picture picture) {
    SoftEdges edges = new SoftEdges(picture.width(), picture.height());
    byte[] rgb = picture.toBytes();
    for (int radius : SCALES) {
      edges.add(rgb, radius);
    }
    return PixelColours.picture(
        edges.width, edges.height, (x, y) -> PixelColours.grey(edges.level(x, y)));
  }

  private int level(int x, int y) {
    return Math.clamp(GAIN * sum[y * width + x] / SCALES.length - FLOOR, 0, 255);
  }

  private void add(byte[] rgb, int radius) {
    int[] strongest = new int[width * height];
    for (int channel = 0; channel < 3; channel++) {
      int[] blurred = blurred(rgb, channel, radius);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int dx = at(blurred, x + radius, y) - at(blurred, x - radius, y);
          int dy = at(blurred, x, y + radius) - at(blurred, x, y - radius);
          int i = y * width + x;
          strongest[i] = Math.max(strongest[i], dx * dx + dy * dy);
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (int) Math.sqrt(strongest[i]);
    }
  }

  /// One colour, each pixel the mean of the square round it; beyond its edges the picture goes on
  /// as its outermost pixels.
  private int[] blurred(byte[] rgb, int channel, int radius) {
    int[] rows = new int[width * height];
    int[] both = new int[width * height];
    int side = 2 * radius + 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int total = 0;
        for (int d = -radius; d <= radius; d++) {
          total += rgb[3 * (y * width + Math.clamp(x + d, 0, width - 1)) + channel] & 0xff;
        }
        rows[y * width + x] = total;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int total = 0;
        for (int d = -radius; d <= radius; d++) {
          total += at(rows, x, y + d);
        }
        both[y * width + x] = total / (side * side);
      }
    }
    return both;
  }

  private int at(int[] levels, int x, int y) {
    return levels[Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)];
  }
}
