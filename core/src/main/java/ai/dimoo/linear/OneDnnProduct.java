package ai.dimoo.linear;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TorchOperator;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// oneDNN's product of 8-bit numbers, called as PyTorch's compiler calls it.
///
/// @param packed the matrix in an order of oneDNN's own
/// @param scales [out] float32
/// @param zeros [out] int32, where each output's numbers have their 0
/// @param from first output that is wanted
/// @param to one past the last
record OneDnnProduct(Tensor packed, Tensor scales, Tensor zeros, long from, long to)
    implements Int8Product {

  private static final TorchOperator PREPACK = TorchOperator.named("onednn::qlinear_prepack");
  private static final TorchOperator POINTWISE = TorchOperator.named("onednn::qlinear_pointwise");

  /// Where `post_op_args` stands among the arguments of {@link #POINTWISE}.
  private static final int POST_OP_ARGUMENTS = 11;

  private static final long FLOAT32 = ScalarType.Float.value;

  /// Owned by the caller's `PointerScope`.
  static OneDnnProduct of(QuantisedWeight weight) {
    Tensor packed = PREPACK.call(new IValue(weight.numbers().contiguous()), new IValue());
    Tensor zeros = torch.zeros(new long[] {weight.out()}, new TensorOptions(ScalarType.Int));
    return new OneDnnProduct(packed, weight.scales().clone(), zeros, 0, weight.out());
  }

  @Override
  public Tensor apply(Tensor x) {
    return ResultScope.of(() -> {
      Tensor y =
          POINTWISE.call(
              new IValue(x.to(ScalarType.Char)),
              new IValue(1.0), // scale of the activations
              new IValue(0L), // their 0
              new IValue(packed),
              new IValue(scales),
              new IValue(zeros),
              new IValue(), // no bias
              new IValue(1.0), // scale of the output
              new IValue(0L), // its 0
              new IValue(FLOAT32),
              new IValue("none"), // nothing after the product
              POINTWISE.noneOf(POST_OP_ARGUMENTS),
              new IValue(""));
      return to - from == y.size(1) ? y : y.narrow(1, from, to - from).contiguous();
    });
  }

  @Override
  public Int8Product outputs(long from, long to) {
    return new OneDnnProduct(packed, scales, zeros, this.from + from, this.from + to);
  }

  @Override
  public List<Tensor> held() {
    return List.of(packed, scales, zeros);
  }
}
