package ai.dimoo.linear;

import ai.dimoo.torch.Dtype;
import org.bytedeco.pytorch.Tensor;

/// A linear map whose weight lies in few bits and is converted, a part at a time, for each product;
/// activations stay as they are. Gradients by its input go through: for those the converted weight
/// lives until the backward pass.
///
/// @param dtype to compute in
/// @param atOnce numbers that are converted at once at most
record DequantisedLinear(QuantisedWeight weight, Dtype dtype, long atOnce) implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    PiecewiseProduct product = (from, to) -> weight.outputs(from, to).widened(dtype);
    return product.apply(x, weight.out(), Math.max(1, atOnce / weight.in()));
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    return new DequantisedLinear(weight.outputs(from, to), dtype, atOnce);
  }
}
