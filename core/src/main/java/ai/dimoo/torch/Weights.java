package ai.dimoo.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Where a model gets its weights from: a checkpoint's files or a trainer's parameters.
@FunctionalInterface
public interface Weights {

  /// The tensor of this published name.
  ///
  /// @param shape the shape that it must have
  /// @return in the number format to compute in, whatever it is stored in
  Tensor get(String name, long... shape);

  /// The same, which ask for each tensor once and give the same one whenever it is wanted: what
  /// several models share is placed once. Use them from one thread at a time.
  static Weights once(Weights weights) {
    Map<String, Tensor> given = new HashMap<>();
    return (name, shape) -> given.computeIfAbsent(name, _ -> weights.get(name, shape));
  }
}
