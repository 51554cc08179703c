package ai.dimoo.train.worlds.shapes;

/// How well a region's silhouette fits the best of the world's shapes.
///
/// @param box the box of the silhouette itself
/// @param score Tanimoto coefficient of the region's and the shape's pixel coverage, 0 to 1
record SilhouetteFit(Shape shape, Box box, double score) {

  /// Passes of a 3×3 mean over the silhouettes that are tried: a reconstruction may be blurred.
  private static final int BLURS = 2;

  /// Samples a pixel along each axis; a coarse silhouette is enough to compare with.
  private static final int SAMPLES = 2;

  /// Tries every shape, sharp and blurred, in the region's box and in boxes up to two pixels
  /// larger: a pointed tip covers too little of its pixel to be part of the region.
  ///
  /// @param backdrop tells how much of each pixel the object covers
  static SilhouetteFit of(Region region, Colour colour, Backdrop backdrop, int width, int height) {
    Box tight = region.box();
    Box[] boxes = {
      tight,
      clipped(tight.left(), tight.top() - 1, tight.right(), tight.bottom(), width, height),
      grown(tight, 1, width, height),
      grown(tight, 2, width, height)
    };
    SilhouetteFit best = new SilhouetteFit(Shape.CIRCLE, tight, -1);
    for (Box box : boxes) {
      float[] seen = seen(region, colour, backdrop, box, width);
      for (Shape shape : Shape.values()) {
        float[] cover = Renderer.coverage(shape, box.width(), box.height(), SAMPLES);
        for (int blurs = 0; blurs <= BLURS; blurs++) {
          double score = score(seen, cover);
          if (score > best.score) {
            best = new SilhouetteFit(shape, box, score);
          }
          cover = blurred(cover, box.width(), box.height());
        }
      }
    }
    return best;
  }

  /// The object's coverage of each pixel of the box; pixels of other objects count as empty.
  private static float[] seen(
      Region region, Colour colour, Backdrop backdrop, Box box, int pictureWidth) {
    float[] seen = new float[box.width() * box.height()];
    for (int y = box.top(); y < box.bottom(); y++) {
      for (int x = box.left(); x < box.right(); x++) {
        double share = backdrop.projectedShare(x, y, colour);
        boolean own = region.contains(y * pictureWidth + x);
        int at = (y - box.top()) * box.width() + x - box.left();
        seen[at] = (float) (own ? share : Math.min(share, 0.5));
      }
    }
    return seen;
  }

  /// The Tanimoto coefficient: intersection over union, carried over from sets to shares.
  private static double score(float[] seen, float[] cover) {
    double common = 0;
    double squares = 0;
    for (int i = 0; i < seen.length; i++) {
      common += seen[i] * cover[i];
      squares += seen[i] * seen[i] + cover[i] * cover[i];
    }
    return common / (squares - common);
  }

  /// Each pixel's mean with its eight neighbours; there is nothing outside the box.
  private static float[] blurred(float[] cover, int width, int height) {
    float[] mean = new float[cover.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
          for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
            sum += cover[v * width + u];
          }
        }
        mean[y * width + x] = sum / 9;
      }
    }
    return mean;
  }

  private static Box grown(Box box, int by, int width, int height) {
    return clipped(
        box.left() - by, box.top() - by, box.right() + by, box.bottom() + by, width, height);
  }

  private static Box clipped(int left, int top, int right, int bottom, int width, int height) {
    return new Box(
        Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom));
  }
}
