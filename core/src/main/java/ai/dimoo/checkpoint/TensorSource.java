package ai.dimoo.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/// A tensor that is to be written: what the header says of it, and its numbers once they are
/// needed. Immutable.
///
/// @param shape sizes of its dimensions
/// @param numbers makes the tensor, of this dtype and shape, in the caller's `PointerScope`
public record TensorSource(TensorDtype dtype, List<Long> shape, Supplier<Tensor> numbers) {

  /// Copies the shape.
  public TensorSource {
    shape = List.copyOf(shape);
  }

  /// One that is there already, and stays the caller's.
  ///
  /// @throws IllegalArgumentException if its dtype is none of {@link TensorDtype}'s
  public static TensorSource of(Tensor tensor) {
    List<Long> shape = Arrays.stream(tensor.sizes().vec().get()).boxed().toList();
    return new TensorSource(TensorDtype.of(tensor.scalar_type()), shape, () -> tensor);
  }

  /// Bytes of its numbers.
  public long bytes() {
    return shape.stream().mapToLong(Long::longValue).reduce(dtype.bytes(), Math::multiplyExact);
  }
}
