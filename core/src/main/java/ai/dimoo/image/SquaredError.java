package ai.dimoo.image;

/// How far pictures are from others: the squares of the differences of their levels, 0 to 255,
/// added up. Immutable.
///
/// @param sum of the squares
/// @param count of levels that were compared, three a pixel
public record SquaredError(double sum, long count) {

  /// Of nothing.
  public static final SquaredError NONE = new SquaredError(0, 0);

  private static final int LEVELS = 3;
  private static final double WHITE = 255;

  /// Over all pixels of two pictures of one size.
  public static SquaredError of(Picture one, Picture other) {
    byte[] a = one.toBytes();
    byte[] b = other.toBytes();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += square(a[i], b[i]);
    }
    return new SquaredError(sum, a.length);
  }

  /// Over some pixels of two pictures of one size.
  ///
  /// @param pixels which count, row by row
  public static SquaredError of(Picture one, Picture other, boolean[] pixels) {
    byte[] a = one.toBytes();
    byte[] b = other.toBytes();
    double sum = 0;
    long count = 0;
    for (int i = 0; i < a.length; i++) {
      if (pixels[i / LEVELS]) {
        sum += square(a[i], b[i]);
        count++;
      }
    }
    return new SquaredError(sum, count);
  }

  private static int square(byte a, byte b) {
    int difference = (a & 0xff) - (b & 0xff);
    return difference * difference;
  }

  /// Of both together.
  public SquaredError plus(SquaredError other) {
    return new SquaredError(sum + other.sum, count + other.count);
  }

  /// The peak signal-to-noise ratio in decibels; infinite if nothing differs, not a number if
  /// nothing was compared.
  public double psnr() {
    return 10 * Math.log10(WHITE * WHITE * count / sum);
  }
}
