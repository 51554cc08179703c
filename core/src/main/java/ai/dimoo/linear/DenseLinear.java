package ai.dimoo.linear;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A linear map with its weight as it stands in the checkpoint.
///
/// @param weight [out, in]
record DenseLinear(Tensor weight) implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    return torch.linear(x, weight);
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    return new DenseLinear(weight.narrow(0, from, to - from));
  }
}
