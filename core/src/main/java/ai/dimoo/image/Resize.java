package ai.dimoo.image;

import ai.dimoo.error.UserException;
import java.util.Arrays;

/// Resizes pictures with Pillow's numbers: two passes, the horizontal one first, each with an
/// antialiased kernel in 22-bit fixed point, rounded to 8 bits in between (Pillow's
/// `src/libImaging/Resample.c`). The reference prepares its pictures with Pillow, and the VQ codes
/// of a picture depend on such details. Alpha and colour profiles play no part.
public final class Resize {

  /// 32 bits less 8 for the sample and 2 for sums beyond it: `PRECISION_BITS` in `Resample.c`.
  private static final int PRECISION_BITS = 32 - 8 - 2;

  private Resize() {}

  /// The whole picture at another size.
  public static Picture to(Picture picture, Size size, Filter filter) {
    return window(picture, size, new Box(0, 0, size.width(), size.height()), filter);
  }

  /// The same pixels as cutting `window` out of the picture resized to `size`, but only those are
  /// computed, so that an elongated picture costs no more than its crop.
  static Picture window(Picture picture, Size size, Box window, Filter filter) {
    Taps columns = Taps.of(picture.width(), size.width(), window.x(), window.width(), filter);
    Taps rows = Taps.of(picture.height(), size.height(), window.y(), window.height(), filter);
    int top = rows.first();
    int height = rows.end() - top;
    byte[] narrowed = horizontal(picture, columns, top, height);
    byte[] resized = vertical(narrowed, window.width(), rows, top);
    return Picture.owning(window.width(), window.height(), resized);
  }

  /// The picture with both sides rounded down to multiples of `factor`, resized with
  /// [Filter#LANCZOS] as Diffusers' `VaeImageProcessor.preprocess` does; the same picture if they
  /// are already.
  ///
  /// @throws UserException if a side is shorter than `factor`
  public static Picture toMultipleOf(Picture picture, int factor) {
    Size size = multipleOf(picture.size(), factor);
    return size.equals(picture.size()) ? picture : to(picture, size, Filter.LANCZOS);
  }

  /// The size with both sides rounded down to multiples of `factor`.
  ///
  /// @throws UserException if a side is shorter than `factor`
  public static Size multipleOf(Size size, int factor) {
    if (Math.min(size.width(), size.height()) < factor) {
      throw new UserException(
          "The picture is %s, too small for this model: each side needs at least %d pixels."
              .formatted(size, factor));
    }
    return new Size(size.width() / factor * factor, size.height() / factor * factor);
  }

  /// Rows `top` to `top + height` of the picture, each resized → [height, columns, 3].
  private static byte[] horizontal(Picture picture, Taps columns, int top, int height) {
    byte[] from = picture.bytes();
    int width = columns.count();
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(3, width), height)];
    for (int y = 0; y < height; y++) {
      int row = 3 * (top + y) * picture.width();
      for (int x = 0; x < width; x++) {
        int[] weights = columns.weights[x];
        int i = row + 3 * columns.start[x];
        int red = 1 << (PRECISION_BITS - 1);
        int green = red;
        int blue = red;
        for (int weight : weights) {
          red += (from[i] & 0xff) * weight;
          green += (from[i + 1] & 0xff) * weight;
          blue += (from[i + 2] & 0xff) * weight;
          i += 3;
        }
        int o = 3 * (y * width + x);
        to[o] = sample(red);
        to[o + 1] = sample(green);
        to[o + 2] = sample(blue);
      }
    }
    return to;
  }

  /// [rows needed, width, 3], whose first row is row `top` of the picture → [rows, width, 3].
  private static byte[] vertical(byte[] from, int width, Taps rows, int top) {
    int stride = 3 * width;
    byte[] to = new byte[Math.multiplyExact(stride, rows.count())];
    int[] sums = new int[stride];
    for (int y = 0; y < rows.count(); y++) {
      Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
      int i = (rows.start[y] - top) * stride;
      for (int weight : rows.weights[y]) {
        for (int x = 0; x < stride; x++) {
          sums[x] += (from[i++] & 0xff) * weight;
        }
      }
      for (int x = 0; x < stride; x++) {
        to[y * stride + x] = sample(sums[x]);
      }
    }
    return to;
  }

  private static byte sample(int sum) {
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
  }

  /// For each target pixel along one axis: where its source pixels start, and their weights in
  /// fixed point.
  private record Taps(int[] start, int[][] weights) {

    static Taps of(int sourceLength, int targetLength, int offset, int count, Filter filter) {
      double scale = (double) sourceLength / targetLength;
      double stretch = Math.max(scale, 1); // wider than the kernel when shrinking: antialiasing
      double support = filter.support * stretch;
      Taps taps = new Taps(new int[count], new int[count][]);
      for (int i = 0; i < count; i++) {
        double centre = (offset + i + 0.5) * scale;
        int from = Math.max((int) (centre - support + 0.5), 0);
        int to = Math.min((int) (centre + support + 0.5), sourceLength);
        taps.start[i] = from;
        taps.weights[i] = fixedPoint(kernel(filter, from, to, centre, 1 / stretch));
      }
      return taps;
    }

    private static double[] kernel(
        Filter filter, int from, int to, double centre, double inverseStretch) {
      double[] weights = new double[to - from];
      double sum = 0;
      for (int x = 0; x < weights.length; x++) {
        weights[x] = filter.weight((x + from - centre + 0.5) * inverseStretch);
        sum += weights[x];
      }
      if (sum != 0) {
        for (int x = 0; x < weights.length; x++) {
          weights[x] /= sum;
        }
      }
      return weights;
    }

    private static int[] fixedPoint(double[] weights) {
      int[] fixed = new int[weights.length];
      for (int x = 0; x < fixed.length; x++) {
        fixed[x] = (int) (Math.copySign(0.5, weights[x]) + weights[x] * (1 << PRECISION_BITS));
      }
      return fixed;
    }

    int count() {
      return start.length;
    }

    /// The first source pixel that any target pixel reads.
    int first() {
      return start[0];
    }

    /// One past the last source pixel that any target pixel reads.
    int end() {
      int last = start.length - 1;
      return start[last] + weights[last].length;
    }
  }
}
