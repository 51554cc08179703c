package ai.dimoo.linear;

import org.bytedeco.pytorch.Tensor;

/// A linear map without bias, behind which weights may be plain, packed or quantised.
public interface LinearLayer {

  /// [..., in] → [..., out]
  Tensor apply(Tensor x);

  /// The same map to some of the outputs.
  ///
  /// @param from first output
  /// @param to one past the last
  LinearLayer outputs(long from, long to);

  /// A plain matrix.
  ///
  /// @param weight [out, in]
  static LinearLayer dense(Tensor weight) {
    return new DenseLinear(weight);
  }
}
