package ai.dimoo.train.metrics;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The kernel Inception distance, KID (arXiv 1801.01401): the unbiased squared maximum mean
/// discrepancy of two sets of features under the kernel (x·y / d + 1)³. It may be a little below
/// zero for equal distributions.
public final class KernelDistance {

  private KernelDistance() {}

  /// @param a [n, d], n at least 2
  /// @param b [m, d], m at least 2
  public static double between(Tensor a, Tensor b) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor x = a.to(ScalarType.Double);
      Tensor y = b.to(ScalarType.Double);
      double pairs = x.size(0) * (double) y.size(0);
      return withinSet(x) + withinSet(y) - 2 * kernel(x, y).sum().item_double() / pairs;
    }
  }

  /// The mean kernel of two different members of a set.
  private static double withinSet(Tensor x) {
    double n = x.size(0);
    Tensor kernel = kernel(x, x);
    return (kernel.sum().item_double() - kernel.trace().item_double()) / (n * (n - 1));
  }

  /// [n, d], [m, d] → [n, m]
  private static Tensor kernel(Tensor x, Tensor y) {
    double d = x.size(1);
    return x.matmul(y.t()).div(new Scalar(d)).add(new Scalar(1.0)).pow(new Scalar(3.0));
  }
}
