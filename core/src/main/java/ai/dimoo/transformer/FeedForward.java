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
    Tensor gated = gate.apply(x);
    Tensor upward = up.apply(x);
    if (gated.requires_grad() || upward.requires_grad()) {
      return down.apply(torch.silu(gated).mul(upward));
    }
    // in place: new tensors of this size take longer to come by than to compute
    return down.apply(torch.silu_(gated).mul_(upward));
  }
}
