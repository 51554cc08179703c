package ai.dimoo.linear;

import ai.dimoo.torch.ResultScope;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A product with a matrix of which only some rows are there at a time, in the format to multiply
/// in.
@FunctionalInterface
interface PiecewiseProduct {

  /// The matrix for some of the outputs: [to − from, in]
  Tensor rows(long from, long to);

  /// [..., in] → [..., out]
  ///
  /// @param out outputs of the whole matrix
  /// @param most outputs at a time
  default Tensor apply(Tensor x, long out, long most) {
    if (out <= most) {
      return ResultScope.of(() -> torch.linear(x, rows(0, out)));
    }
    long in = x.size(-1);
    long n = x.numel() / in;
    return ResultScope.of(() -> {
      Tensor flat = x.reshape(n, in);
      TensorOptions options = new TensorOptions(x.scalar_type());
      Tensor y = torch.empty(new long[] {n, out}, options, new MemoryFormatOptional());
      for (long from = 0; from < out; from += most) {
        long to = Math.min(out, from + most);
        try (PointerScope piece = new PointerScope()) {
          y.narrow(1, from, to - from).copy_(torch.linear(flat, rows(from, to)));
        }
      }
      long[] shape = x.sizes().vec().get();
      shape[shape.length - 1] = out;
      return y.view(shape);
    });
  }
}
