package ai.dimoo.train.optim;

import java.util.function.Predicate;

/// Through whose hands the gradients go, some weights' at a time, as the backward pass makes them.
@FunctionalInterface
public interface GradientBuckets {

  /// For one process by itself, which keeps all gradients: a pass is run and that is all.
  GradientBuckets NONE = (weights, pass) -> pass.run();

  /// Lets a part of the backward pass add to the gradients of some weights.
  ///
  /// @param weights the names of all whose gradients it makes
  /// @param pass makes them; nothing, where a rank has no examples left and others have
  void gather(Predicate<String> weights, Runnable pass);
}
