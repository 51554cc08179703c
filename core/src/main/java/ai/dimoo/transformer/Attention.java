package ai.dimoo.transformer;

import ai.dimoo.torch.Dtype;
import ai.dimoo.torch.ProcessorFeatures;
import ai.dimoo.torch.TorchDevice;
import ai.dimoo.torch.TorchRuntime;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// How softmax(q·kᵀ/√headDim)·v is computed. Both give the same values.
public enum Attention {
  /// LibTorch's fused kernel, which needs no memory for the scores: the fast one forward, except in
  /// bfloat16 on a processor without AMX, where it takes five times the explicit one's time.
  FUSED {
    @Override
    Tensor apply(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended) {
      // on the processor its threads share out the heads
      return q.is_cpu()
          ? TorchRuntime.withoutOpenBlasThreads(() -> fused(q, k, v, attended))
          : fused(q, k, v, attended);
    }
  },
  /// Matrix product, softmax, matrix product: ten times faster than the fused kernel *backward* for
  /// short sequences on a CPU.
  EXPLICIT {
    @Override
    Tensor apply(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended) {
      return explicit(q, k, v, attended, MOST_SCORES);
    }
  };

  private static Tensor fused(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended) {
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

  /// Scores that are in memory at once.
  private static final long MOST_SCORES = 1L << 27;

  /// The one that is faster for inference.
  public static Attention fastestOn(TorchDevice device, Dtype dtype) {
    boolean slowWhenFused =
        device.isCpu()
            && dtype == Dtype.BFLOAT16
            && !ProcessorFeatures.ofThisMachine().bfloat16Tiles();
    return slowWhenFused ? EXPLICIT : FUSED;
  }

  /// Scores of one sequence that are in memory at once; the explicit way holds them three times:
  /// the product, scaled or masked, and as weights.
  public long scoresAtOnce(long heads, long tokens) {
    long all = heads * tokens * tokens;
    long oneQuery = heads * tokens;
    return this == FUSED ? 0 : Math.min(all, Math.max(MOST_SCORES, oneQuery));
  }

  /// The other way.
  public Attention other() {
    return this == FUSED ? EXPLICIT : FUSED;
  }

  /// Softmax over all keys for so many queries at a time that their scores are few enough.
  ///
  /// @param mostScores that are in memory at once, unless one query has more
  static Tensor explicit(Tensor q, Tensor k, Tensor v, @Nullable Tensor attended, long mostScores) {
    long group = q.size(1) / k.size(1);
    // [B, heads, headDim, L]; laid out so, the product takes a third of the time in bfloat16
    Tensor keys = repeatHeads(k, group).transpose(2, 3).contiguous();
    Tensor values = repeatHeads(v, group);
    long queries = q.size(2);
    long rows = Math.max(1, mostScores / (q.size(0) * q.size(1) * k.size(2)));
    if (rows >= queries) {
      return someQueries(q, keys, values, attended);
    }
    TensorVector parts = new TensorVector();
    for (long from = 0; from < queries; from += rows) {
      Tensor part = q.narrow(2, from, Math.min(rows, queries - from));
      parts.push_back(someQueries(part, keys, values, attended));
    }
    return torch.cat(parts, 2);
  }

  private static Tensor someQueries(
      Tensor q, Tensor keys, Tensor values, @Nullable Tensor attended) {
    Tensor scores = q.mul(new Scalar(1 / Math.sqrt(q.size(3)))).matmul(keys);
    if (attended != null) {
      // log 1 = 0, log 0 = -∞: a bias of [B, 1, 1, L]; a sum keeps nothing for the backward pass
      scores = scores.add(attended.to(scores.scalar_type()).log());
    }
    return torch.softmax(scores, -1).matmul(values);
  }

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
