package ai.dimoo.transformer;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Rotary position embedding (LLaDA's `RotaryEmbedding`): each pair (i, i + headDim/2) of a head is
/// turned by position · θ^(−2i/headDim). Angles and the rotation are computed in float32.
/// Thread-safe, but for `close`.
final class RotaryPositions implements AutoCloseable {

  private final double theta;
  private final int headDim;
  private final Tensor like;
  private @Nullable Tensor cos; // [length, headDim/2]
  private @Nullable Tensor sin; // [length, headDim/2]

  /// @param like a tensor on the device where the angles are needed
  RotaryPositions(double theta, int headDim, Tensor like) {
    this.theta = theta;
    this.headDim = headDim;
    this.like = like;
  }

  /// The angles of positions 0 … length − 1.
  synchronized Angles firstPositions(long length) {
    grow(length);
    return new Angles(cos.narrow(0, 0, length), sin.narrow(0, 0, length));
  }

  /// The angles of these positions.
  ///
  /// @param positions [n] int64
  /// @param length one more than the largest position
  synchronized Angles at(Tensor positions, long length) {
    grow(length);
    return new Angles(cos, sin).at(positions);
  }

  private void grow(long length) {
    if (cos != null && cos.size(0) >= length) {
      return;
    }
    close();
    try (PointerScope scope = new PointerScope()) {
      TensorOptions float32 = new TensorOptions(ScalarType.Float);
      long capacity = Math.max(512, Long.highestOneBit(2 * length - 1));
      Tensor even = torch.arange(new Scalar(0), new Scalar(headDim), new Scalar(2), float32);
      // 1 / θ^(2i/headDim), in float32 as the reference computes it
      Tensor frequency = torch.pow(new Scalar(theta), even.div(new Scalar(headDim))).reciprocal();
      Tensor angle = torch.outer(torch.arange(new Scalar(capacity), float32), frequency);
      cos = angle.cos().to(like.device(), ScalarType.Float).retainReference();
      sin = angle.sin().to(like.device(), ScalarType.Float).retainReference();
    }
  }

  @Override
  public void close() {
    if (cos != null) {
      cos.close();
      sin.close();
      cos = null;
      sin = null;
    }
  }

  /// Angles of n positions.
  ///
  /// @param cos [n, headDim/2]
  /// @param sin [n, headDim/2]
  record Angles(Tensor cos, Tensor sin) {

    /// Those of some of the positions.
    ///
    /// @param rows [m] int64, which of the n
    Angles at(Tensor rows) {
      return new Angles(cos.index_select(0, rows), sin.index_select(0, rows));
    }

    /// Turns each head: [B, heads, n, headDim] → the same, in x's dtype.
    Tensor rotate(Tensor x) {
      TensorVector halves = x.to(ScalarType.Float).chunk(2, -1);
      Tensor a = halves.get(0);
      Tensor b = halves.get(1);
      Tensor turned =
          torch.cat(
              new TensorVector(
                  a.mul(cos).sub(b.mul(sin)), // [B, heads, n, headDim/2]
                  b.mul(cos).add(a.mul(sin))),
              -1);
      return turned.to(x.scalar_type());
    }
  }
}
