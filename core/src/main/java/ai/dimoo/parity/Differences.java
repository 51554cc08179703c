package ai.dimoo.parity;

import ai.dimoo.torch.TensorArrays;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How far tensors are apart, in float64.
public final class Differences {

  private Differences() {}

  /// The largest absolute difference of two tensors of one shape; NaN where either has one.
  public static double largestDifference(Tensor actual, Tensor expected) {
    try (PointerScope scope = new PointerScope()) {
      Tensor a = actual.detach().to(ScalarType.Double);
      return largest(a.sub(expected.to(ScalarType.Double)));
    }
  }

  /// The largest absolute value.
  public static double largest(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      return tensor.detach().to(ScalarType.Double).abs().max().item_double();
    }
  }

  /// All absolute differences of two tensors of one shape, ascending, NaN last.
  public static double[] sorted(Tensor actual, Tensor expected) {
    try (PointerScope scope = new PointerScope()) {
      Tensor a = actual.detach().to(ScalarType.Double);
      double[] differences = TensorArrays.doubles(a.sub(expected.to(ScalarType.Double)).abs());
      Arrays.sort(differences);
      return differences;
    }
  }

  /// The sizes of a tensor's dimensions.
  public static long[] shape(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      return tensor.sizes().vec().get();
    }
  }
}
