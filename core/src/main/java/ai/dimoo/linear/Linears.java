package ai.dimoo.linear;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.Weights;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives a transformer its linear layers by the published names of their weights.
@FunctionalInterface
public interface Linears {

  /// Numbers that {@link #widened} converts at once at most: a whole layer, but not the whole head
  /// of a large model.
  long WIDENED_AT_ONCE = 1 << 26;

  /// The layer of this name.
  ///
  /// @param name see {@link ai.dimoo.checkpoint.TensorNames}
  /// @param out width of its output
  /// @param in width of its input
  LinearLayer get(String name, long out, long in);

  /// The same layers, each asked for once and then given whenever it is wanted: what several models
  /// share is made once. Use them from one thread at a time.
  static Linears once(Linears linears) {
    Map<String, LinearLayer> given = new HashMap<>();
    return (name, out, in) -> given.computeIfAbsent(name, _ -> linears.get(name, out, in));
  }

  /// Other layers, some of which are changed.
  ///
  /// @param changes gives the change to each layer; null: it stays as it is
  static Linears changed(Linears base, Changes changes) {
    return (name, out, in) -> {
      LinearLayer layer = base.get(name, out, in);
      LowRank change = changes.get(name, out, in);
      return change == null ? layer : new LowRankLinear(layer, change);
    };
  }

  /// Changes to linear layers by the published names of their weights.
  @FunctionalInterface
  interface Changes {

    /// The change to the layer of this name and shape.
    @Nullable LowRank get(String name, long out, long in);
  }

  /// Plain matrices, in the number format in which the weights are handed out.
  static Linears dense(Weights weights) {
    return (name, out, in) -> LinearLayer.dense(weights.get(name, out, in));
  }

  /// Matrices that stay in the number format in which the weights are handed out, and are converted
  /// for each product.
  ///
  /// @param dtype to compute in
  static Linears widened(Weights weights, Dtype dtype) {
    return (name, out, in) -> new WidenedLinear(weights.get(name, out, in), dtype);
  }
}
