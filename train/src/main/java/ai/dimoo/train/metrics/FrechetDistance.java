package ai.dimoo.train.metrics;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The Fréchet distance of two sets of features, each taken for a normal distribution: ‖μa − μb‖² +
/// tr(Ca + Cb − 2·√(Ca·Cb)). With Inception features it is the FID (arXiv 1706.08500).
///
/// In float64 throughout. √(Ca·Cb) is never formed: its trace is the sum of the square roots of the
/// eigenvalues of √Ca·Cb·√Ca, which is symmetric, so singular covariances need no special case.
public final class FrechetDistance {

  private FrechetDistance() {}

  /// @param a [n, d], n at least 2
  /// @param b [m, d], m at least 2
  public static double between(Tensor a, Tensor b) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      Tensor x = a.to(ScalarType.Double);
      Tensor y = b.to(ScalarType.Double);
      Tensor shift = mean(x).sub(mean(y)); // [d]
      Tensor ca = covariance(x);
      Tensor cb = covariance(y);
      Tensor rootA = squareRoot(ca);
      Tensor product = rootA.matmul(cb).matmul(rootA);
      Tensor eigenvalues = torch.linalg_eigvalsh(symmetric(product));
      return shift.dot(shift).item_double()
          + ca.trace().item_double()
          + cb.trace().item_double()
          - 2 * eigenvalues.clamp_min(new Scalar(0.0)).sqrt().sum().item_double();
    }
  }

  /// [n, d] → [d]
  private static Tensor mean(Tensor x) {
    return x.sum(0).div(new Scalar((double) x.size(0)));
  }

  /// [n, d] → [d, d], divided by n − 1
  private static Tensor covariance(Tensor x) {
    Tensor centred = x.sub(mean(x));
    return centred.t().matmul(centred).div(new Scalar((double) (x.size(0) - 1)));
  }

  /// The square root of a positive semidefinite matrix: [d, d] → [d, d]
  private static Tensor squareRoot(Tensor matrix) {
    T_TensorTensor_T eigen = torch.linalg_eigh(matrix);
    Tensor roots = eigen.get0().clamp_min(new Scalar(0.0)).sqrt(); // rounding may fall below zero
    Tensor vectors = eigen.get1();
    return vectors.mul(roots).matmul(vectors.t());
  }

  private static Tensor symmetric(Tensor matrix) {
    return matrix.add(matrix.t()).mul(new Scalar(0.5));
  }
}
