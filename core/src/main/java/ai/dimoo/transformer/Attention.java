package ai.dimoo.transformer;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// How softmax(q·kᵀ/√headDim)·v is computed. Both give the same values.
public enum Attention {
  /// LibTorch's fused kernel: the fast one forward, and the only one that needs no memory for the
  /// scores.
  FUSED {
    @Override
    Tensor apply(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended) {
      boolean grouped = q.size(1) != k.size(1);
      return torch.scaled_dot_product_attention(
          q,
          k,
          v,
          attended == null ? new TensorOptional() : new TensorOptional(attended),
          0.0,
          false,
          new DoubleOptional(),
          grouped);
    }
  },
  /// Matrix product, softmax, matrix product: ten times faster than the fused kernel *backward* for
  /// short sequences on a CPU.
  EXPLICIT {
    @Override
    Tensor apply(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended) {
      long group = q.size(1) / k.size(1);
      Tensor keys = repeatHeads(k, group);
      Tensor values = repeatHeads(v, group);
      Tensor scores = q.mul(new Scalar(1 / Math.sqrt(q.size(3)))).matmul(keys.transpose(2, 3));
      if (attended != null) {
        // log 1 = 0, log 0 = -∞: a bias of [B, 1, 1, L]; a sum keeps nothing for the backward pass
        scores = scores.add(attended.to(scores.scalar_type()).log());
      }
      return torch.softmax(scores, -1).matmul(values);
    }
  };

  /// Each key or value head serves `group` query heads in a row.
  private static Tensor repeatHeads(Tensor x, long group) {
    return group == 1 ? x : x.repeat_interleave(group, new LongOptional(1), new LongOptional());
  }

  /// @param q [B, heads, n, headDim]
  /// @param k [B, kvHeads, L, headDim]
  /// @param v [B, kvHeads, L, headDim]
  /// @param attended [B, 1, 1, L] bool, true where a key takes part; null: everywhere
  /// @return [B, heads, n, headDim]
  abstract Tensor apply(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended);
}
