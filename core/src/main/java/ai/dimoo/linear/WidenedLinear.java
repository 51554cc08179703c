package ai.dimoo.linear;

import ai.dimoo.torch.Dtype;
import org.bytedeco.pytorch.Tensor;

/// A linear map whose weight stays as it is stored, on the file's own pages, and is converted for
/// each product: the numbers of a converted model in half of its memory.
///
/// @param weight [out, in], in a narrower format
/// @param dtype to compute in
record WidenedLinear(Tensor weight, Dtype dtype) implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    PiecewiseProduct product =
        (from, to) -> weight.narrow(0, from, to - from).to(dtype.scalarType());
    return product.apply(x, weight.size(0), Math.max(1, Linears.WIDENED_AT_ONCE / weight.size(1)));
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    return new WidenedLinear(weight.narrow(0, from, to - from), dtype);
  }
}
