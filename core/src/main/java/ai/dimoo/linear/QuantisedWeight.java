package ai.dimoo.linear;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.ResultScope;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A matrix in few bits.
///
/// @param numbers int8: [out, in] int8; int4: [out, in / 2] uint8, of each two neighbours the first
///   in the lower half, both plus 8
/// @param scales int8: [out] float32; int4: [out, in / 32] bfloat16
record QuantisedWeight(WeightFormat format, Tensor numbers, Tensor scales) {

  /// Numbers that are converted at once: 16 MB in float32.
  static final long PIECE = 1 << 22;

  private static final int INT8_LARGEST = 127;
  private static final int INT4_LOWEST = -8;
  private static final int HALF = 4; // bits
  private static final int LOWER_HALF = 15;

  /// Below it a scale would not be a normal number in float32.
  private static final double TINY = 1e-30;

  /// The nearest that the format has. Needs little more memory than the result.
  ///
  /// @param weight [out, in], in any format
  static QuantisedWeight of(WeightFormat format, Tensor weight) {
    long out = weight.size(0);
    long in = weight.size(1);
    Tensor numbers = empty(format.numbersShape(out, in), format.numbersDtype().scalarType());
    Tensor scales = empty(format.scalesShape(out, in), format.scalesDtype().scalarType());
    long rows = rowsAtOnce(in);
    for (long from = 0; from < out; from += rows) {
      long n = Math.min(rows, out - from);
      try (PointerScope scope = new PointerScope()) {
        Tensor some = weight.narrow(0, from, n).to(ScalarType.Float);
        QuantisedWeight piece = format == WeightFormat.INT8 ? int8(some) : int4(some);
        numbers.narrow(0, from, n).copy_(piece.numbers);
        scales.narrow(0, from, n).copy_(piece.scales);
      }
    }
    return new QuantisedWeight(format, numbers, scales);
  }

  static long rowsAtOnce(long in) {
    return Math.max(1, PIECE / in);
  }

  private static Tensor empty(long[] shape, ScalarType type) {
    return torch.empty(shape, new TensorOptions(type), new MemoryFormatOptional());
  }

  private static QuantisedWeight int8(Tensor weight) {
    Tensor largest = weight.abs().amax(new long[] {1}, true); // [n, 1]
    Tensor scales = largest.clamp_min(new Scalar(TINY)).div(new Scalar(INT8_LARGEST));
    Tensor numbers = weight.div(scales).round_().to(ScalarType.Char);
    return new QuantisedWeight(WeightFormat.INT8, numbers, scales.squeeze(1));
  }

  /// The number that is farthest from 0 becomes −8, which has no counterpart: so the whole range is
  /// used.
  private static QuantisedWeight int4(Tensor weight) {
    long n = weight.size(0);
    long in = weight.size(1);
    Tensor groups = weight.view(n, in / WeightFormat.GROUP, WeightFormat.GROUP);
    Tensor low = groups.amin(new long[] {2}, false);
    Tensor high = groups.amax(new long[] {2}, false);
    Tensor farthest = torch.where(high.gt(low.neg()), high, low);
    Tensor scales = farthest.div(new Scalar(INT4_LOWEST)).to(ScalarType.BFloat16);
    Tensor divisor = scales.to(ScalarType.Float).unsqueeze(2);
    Tensor none = divisor.eq(new Scalar(0));
    Tensor numbers =
        groups
            .div(divisor.masked_fill(none, new Scalar(1)))
            .round_()
            .clamp_(
                new ScalarOptional(new Scalar(INT4_LOWEST)),
                new ScalarOptional(new Scalar(-INT4_LOWEST - 1)))
            .sub_(new Scalar(INT4_LOWEST))
            .to(ScalarType.Byte)
            .view(n, in / 2, 2);
    Tensor packed = numbers.select(2, 0).add(numbers.select(2, 1).mul(new Scalar(1 << HALF)));
    return new QuantisedWeight(WeightFormat.INT4, packed, scales);
  }

  long out() {
    return numbers.size(0);
  }

  long in() {
    return format == WeightFormat.INT4 ? 2 * numbers.size(1) : numbers.size(1);
  }

  /// What it needs of native memory.
  List<Tensor> held() {
    return List.of(numbers, scales);
  }

  /// The part for some of the outputs.
  QuantisedWeight outputs(long from, long to) {
    return new QuantisedWeight(
        format, numbers.narrow(0, from, to - from), scales.narrow(0, from, to - from));
  }

  /// The matrix that it stands for: [out, in]
  Tensor widened(Dtype dtype) {
    ScalarType type = dtype.scalarType();
    if (format == WeightFormat.INT8) {
      return ResultScope.of(() -> numbers.to(ScalarType.Float).mul_(scales.unsqueeze(1)).to(type));
    }
    return ResultScope.of(() -> {
      Tensor lower = numbers.bitwise_and(new Scalar(LOWER_HALF));
      Tensor upper = numbers.bitwise_right_shift(new Scalar(HALF));
      Tensor pairs = torch.stack(new TensorVector(lower, upper), 2); // [out, in / 2, 2]
      return pairs
          .to(ScalarType.Float)
          .view(out(), in() / WeightFormat.GROUP, WeightFormat.GROUP)
          .add_(new Scalar(INT4_LOWEST))
          .mul_(scales.to(ScalarType.Float).unsqueeze(2))
          .view(out(), in())
          .to(type);
    });
  }
}
