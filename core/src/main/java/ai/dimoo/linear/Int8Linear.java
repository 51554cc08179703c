package ai.dimoo.linear;

import ai.dimoo.torch.ResultScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A linear map of 8-bit weights on activations that are rounded to 8 bits with a scale for each
/// token: the numbers are the same whatever multiplies them.
record Int8Linear(Int8Product product) implements LinearLayer {

  private static final int LARGEST = 127;

  /// Below it a scale would not be a normal number in float32.
  private static final double TINY = 1e-30;

  @Override
  public Tensor apply(Tensor x) {
    return ResultScope.of(() -> {
      long in = x.size(-1);
      Tensor flat = x.reshape(x.numel() / in, in).to(ScalarType.Float);
      // an infinite number makes its token's outputs infinite or none: whoever reads them sees it
      Tensor largest = flat.abs().amax(new long[] {1}, true).clamp_min_(new Scalar(TINY)); // [n, 1]
      Tensor rounded = flat.mul(largest.reciprocal().mul_(new Scalar(LARGEST))).round_();
      Tensor y = product.apply(rounded).mul_(largest.div_(new Scalar(LARGEST)));
      long[] shape = x.sizes().vec().get();
      shape[shape.length - 1] = y.size(1);
      return y.to(x.scalar_type()).view(shape);
    });
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    return new Int8Linear(product.outputs(from, to));
  }
}
