package ai.dimoo.train.worlds.shapes;

import ai.dimoo.image.Picture;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Paints scenes. Stateless; the same scene always gives the same bytes.
public final class Renderer {

  /// Pixels between an object's silhouette and the edge of its cells.
  static final int INSET = 1;

  /// Samples a pixel, along each axis.
  private static final int SAMPLES = 4;

  /// The silhouettes at the sizes of the world, which never change.
  private static final Map<Shape, Map<Size, float[]>> COVERS = covers();

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
      paint(item, scene, rgb);
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
        Arrays.fill(mask, y * scene.width() + box.left(), y * scene.width() + box.right(), true);
      }
    }
    return mask;
  }

  private static void paint(Item item, Scene scene, byte[] rgb) {
    Box box = item.box();
    int side = box.width() - 2 * INSET;
    float[] cover = COVERS.get(item.shape()).get(item.size());
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        int x = box.left() + INSET + u;
        int y = box.top() + INSET + v;
        int under = scene.background().rgb(x, y);
        int mixed = blend(under, item.colour().rgb(), cover[v * side + u]);
        write(rgb, y * scene.width() + x, mixed);
      }
    }
  }

  /// How much of each pixel of a box the silhouette covers that just fits the box, row by row.
  ///
  /// @param samples a pixel, along each axis
  static float[] coverage(Shape shape, int width, int height, int samples) {
    float[] cover = new float[width * height];
    for (int pixel = 0; pixel < cover.length; pixel++) {
      int hits = 0;
      for (int sample = 0; sample < samples * samples; sample++) {
        double x = pixel % width + (sample % samples + 0.5) / samples;
        double y = pixel / width + (sample / samples + 0.5) / samples;
        if (shape.covers(2 * x / width - 1, 2 * y / height - 1)) {
          hits++;
        }
      }
      cover[pixel] = hits / (float) (samples * samples);
    }
    return cover;
  }

  private static Map<Shape, Map<Size, float[]>> covers() {
    Map<Shape, Map<Size, float[]>> covers = new EnumMap<>(Shape.class);
    for (Shape shape : Shape.values()) {
      Map<Size, float[]> bySize = new EnumMap<>(Size.class);
      for (Size size : Size.values()) {
        int side = size.cells() * Scene.CELL - 2 * INSET;
        bySize.put(size, coverage(shape, side, side, SAMPLES));
      }
      covers.put(shape, bySize);
    }
    return covers;
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
