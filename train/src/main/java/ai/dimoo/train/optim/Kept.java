package ai.dimoo.train.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/// What a training keeps of each of some weights in float32, such as a running mean. Where several
/// ranks train, each may hold a part of it; what is saved is the whole.
interface Kept {

  /// What is kept of one weight, whole, in the caller's scope. All ranks ask at once.
  Tensor whole(String name);

  /// The weights' names, and the shapes of what is kept of them.
  Map<String, long[]> shapes();

  /// Takes what was saved, or this rank's part of it.
  ///
  /// @param saved gives each weight's by its name
  void take(Function<String, Tensor> saved);

  /// What every rank holds all of.
  ///
  /// @param named read and written in place, not owned
  record Everywhere(Map<String, Tensor> named) implements Kept {

    @Override
    public Tensor whole(String name) {
      return named.get(name);
    }

    @Override
    public Map<String, long[]> shapes() {
      return shapesOf(named);
    }

    @Override
    public void take(Function<String, Tensor> saved) {
      named.forEach((name, tensor) -> tensor.copy_(saved.apply(name)));
    }
  }

  /// The shapes of tensors.
  static Map<String, long[]> shapesOf(Map<String, Tensor> named) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    named.forEach((name, tensor) -> shapes.put(name, tensor.sizes().vec().get()));
    return shapes;
  }
}
