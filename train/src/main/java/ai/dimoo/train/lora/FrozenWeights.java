package ai.dimoo.train.lora;

import ai.dimoo.torch.Weights;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Weights that do not learn. Each is asked for once, however often a model is built of them.
///
/// Not thread-safe. Owns nothing: the tensors are the source's.
final class FrozenWeights implements Weights {

  private final Weights source;
  private final Map<String, Tensor> known = new HashMap<>();

  FrozenWeights(Weights source) {
    this.source = source;
  }

  @Override
  public Tensor get(String name, long... shape) {
    return known.computeIfAbsent(name, absent -> source.get(name, shape));
  }
}
