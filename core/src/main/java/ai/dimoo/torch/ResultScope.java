package ai.dimoo.torch;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Computations whose intermediate tensors are freed as soon as the result is there.
///
/// A `PointerScope` round a whole step alone would keep every tensor of every layer until the step
/// ends: tens of gigabytes for the published model. Gradients are not affected, since LibTorch
/// itself holds on to what its backward pass needs.
public final class ResultScope {

  private ResultScope() {}

  /// Runs a computation; of the tensors that it makes only the result stays, in the scope round the
  /// call.
  ///
  /// @param computation returns a tensor of its own, not a reference into another as `grad()` does
  public static Tensor of(Supplier<Tensor> computation) {
    Tensor result;
    try (PointerScope scope = new PointerScope()) {
      result = computation.get().retainReference();
    }
    PointerScope outer = PointerScope.getInnerScope();
    if (outer != null) {
      outer.attach(result); // which retains it once more
      result.releaseReference();
    }
    return result;
  }

  /// The same for a computation that makes several tensors.
  public static List<Tensor> listOf(Supplier<List<Tensor>> computation) {
    List<Tensor> results;
    try (PointerScope scope = new PointerScope()) {
      results = computation.get();
      results.forEach(Tensor::retainReference);
    }
    PointerScope outer = PointerScope.getInnerScope();
    if (outer != null) {
      for (Tensor result : results) {
        outer.attach(result);
        result.releaseReference();
      }
    }
    return results;
  }

  /// The same, and frees the input with the intermediate tensors.
  ///
  /// @param input made in the scope round the call; not to be used afterwards
  public static Tensor consuming(Tensor input, UnaryOperator<Tensor> computation) {
    Tensor result = of(() -> computation.apply(input));
    PointerScope outer = PointerScope.getInnerScope();
    if (outer != null) {
      outer.detach(input);
    }
    return result;
  }
}
