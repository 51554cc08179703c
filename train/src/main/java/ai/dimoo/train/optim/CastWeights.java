package ai.dimoo.train.optim;

import ai.dimoo.torch.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Float32 master weights, seen in the dtype that a step computes in; gradients flow back to the
/// masters. The table that is looked up stays in float32: the gradients of frequent rows are sums
/// of thousands of terms, which bfloat16 would swallow.
///
/// @param masters the float32 weights
/// @param type the dtype to compute in
/// @param table the name of the embedding or the codebook
public record CastWeights(Weights masters, ScalarType type, String table) implements Weights {

  @Override
  public Tensor get(String name, long... shape) {
    Tensor master = masters.get(name, shape);
    return name.equals(table) ? master : master.to(type);
  }
}
