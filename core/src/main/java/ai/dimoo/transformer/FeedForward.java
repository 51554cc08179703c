package ai.dimoo.transformer;

import ai.dimoo.linear.LinearLayer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The feed-forward part of a block: SwiGLU, down(silu(gate x) ⊙ up x).
///
/// @param gate [d, hidden]
/// @param up [d, hidden]
/// @param down [hidden, d]
record FeedForward(LinearLayer gate, LinearLayer up, LinearLayer down) {

  /// [..., d] → [..., d]
  Tensor apply(Tensor x) {
    return down.apply(torch.silu(gate.apply(x)).mul(up.apply(x)));
  }
}
