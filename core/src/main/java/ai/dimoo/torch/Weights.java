package ai.dimoo.torch;

import org.bytedeco.pytorch.Tensor;

/// Where a model gets its weights from: a checkpoint's files or a trainer's parameters.
@FunctionalInterface
public interface Weights {

  /// The tensor of this published name.
  ///
  /// @param shape the shape that it must have
  /// @return in the number format to compute in, whatever it is stored in
  Tensor get(String name, long... shape);
}
