package ai.dimoo.image;

/// The kernels of [Resize], with the constants of Pillow's `Resample.c`.
public enum Filter {
  /// The mean of the source pixels that a target pixel covers.
  BOX(0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },

  /// Keys' cubic with a = -0.5 (OpenCV, PyTorch and Java2D use other values of a).
  BICUBIC(2) {
    @Override
    double weight(double x) {
      double t = Math.abs(x);
      if (t < 1) {
        return ((A + 2) * t - (A + 3)) * t * t + 1;
      }
      return t < 2 ? (((t - 5) * t + 8) * t - 4) * A : 0;
    }
  },

  /// A sinc windowed by a sinc, three lobes.
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  };

  private static final double A = -0.5;

  /// Half the kernel's width, in source pixels when enlarging.
  final double support;

  Filter(double support) {
    this.support = support;
  }

  /// The kernel's value at distance x from its centre.
  abstract double weight(double x);

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double t = x * Math.PI;
    return StrictMath.sin(t) / t;
  }
}
