package ai.dimoo.linear;

import ai.dimoo.torch.Dtype;
import org.bytedeco.pytorch.Tensor;

/// A linear map whose weight lies in 4 bits and is converted, a part at a time, for each product.
///
/// @param dtype to compute in
record Int4Linear(QuantisedWeight weight, Dtype dtype) implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    PiecewiseProduct product = (from, to) -> weight.outputs(from, to).widened(dtype);
    return product.apply(x, weight.out(), QuantisedWeight.rowsAtOnce(weight.in()));
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    return new Int4Linear(weight.outputs(from, to), dtype);
  }
}
