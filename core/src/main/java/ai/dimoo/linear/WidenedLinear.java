package ai.dimoo.linear;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.ResultScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A linear map whose weight stays as it is stored, on the file's own pages, and is converted anew
/// for each product: the numbers of a converted model in half of its memory.
///
/// @param weight [out, in], in a narrower format
/// @param dtype to compute in
record WidenedLinear(Tensor weight, Dtype dtype) implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    return ResultScope.of(() -> torch.linear(x, weight.to(dtype.scalarType())));
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    return new WidenedLinear(weight.narrow(0, from, to - from), dtype);
  }
}
