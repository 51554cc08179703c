package ai.dimoo.train.shapes;

import ai.dimoo.image.Picture;
import java.util.Arrays;

/// Paints scenes. Stateless; the same scene always gives the same bytes.
public final class Renderer {

  /// Pixels between an object's silhouette and the edge of its cells.
  static final double INSET = 1;

  /// Samples a pixel, along each axis.
  private static final int SAMPLES = 4;

  private Renderer() {}

  /// The picture of a scene, [Scene#width()] × [Scene#height()] pixels.
  public static Picture render(Scene scene) {
    int width = scene.width();
    byte[] rgb = new byte[3 * width * scene.height()];
    for (int y = 0; y < scene.height(); y++) {
      for (int x = 0; x < width; x++) {
        write(rgb, y * width + x, scene.background().rgb(x, y));
      }
    }
    for (Item item : scene.items()) {
      Box box = item.box();
      for (int y = box.top(); y < box.bottom(); y++) {
        for (int x = box.left(); x < box.right(); x++) {
          double cover = coverage(item.shape(), box, x, y);
          int under = scene.background().rgb(x, y);
          write(rgb, y * width + x, blend(under, item.colour().rgb(), cover));
        }
      }
    }
    return Picture.of(width, scene.height(), rgb);
  }

  /// Which pixels lie in an object's cells, row by row: for losses and scores that look at objects
  /// more than at the background.
  public static boolean[] objectMask(Scene scene) {
    boolean[] mask = new boolean[scene.width() * scene.height()];
    for (Item item : scene.items()) {
      Box box = item.box();
      for (int y = box.top(); y < box.bottom(); y++) {
        Arrays.fill(
            mask, y * scene.width() + box.left(), y * scene.width() + box.right(), true);
      }
    }
    return mask;
  }

  /// The share of a pixel that a shape covers, whose cells are `box`.
  static double coverage(Shape shape, Box box, int x, int y) {
    double halfWidth = box.width() / 2.0 - INSET;
    double halfHeight = box.height() / 2.0 - INSET;
    int hits = 0;
    for (int j = 0; j < SAMPLES; j++) {
      double v = (y + (j + 0.5) / SAMPLES - box.centreY()) / halfHeight;
      for (int i = 0; i < SAMPLES; i++) {
        double u = (x + (i + 0.5) / SAMPLES - box.centreX()) / halfWidth;
        if (shape.covers(u, v)) {
          hits++;
        }
      }
    }
    return hits / (double) (SAMPLES * SAMPLES);
  }

  private static int blend(int under, int over, double share) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double a = under >> shift & 0xff;
      double b = over >> shift & 0xff;
      rgb |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return rgb;
  }

  private static void write(byte[] rgb, int pixel, int colour) {
    rgb[3 * pixel] = (byte) (colour >> 16);
    rgb[3 * pixel + 1] = (byte) (colour >> 8);
    rgb[3 * pixel + 2] = (byte) colour;
  }
}
