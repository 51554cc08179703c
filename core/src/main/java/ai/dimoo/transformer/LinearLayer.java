package ai.dimoo.transformer;

import org.bytedeco.pytorch.Tensor;

/// A linear map without bias, behind which weights may be plain, packed or quantised.
@FunctionalInterface
public interface LinearLayer {

  /// [..., in] → [..., out]
  Tensor apply(Tensor x);
}
