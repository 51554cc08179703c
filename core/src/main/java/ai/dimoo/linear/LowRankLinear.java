package ai.dimoo.linear;

import ai.dimoo.torch.ResultScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A linear map and a change of low rank to it, which are kept apart: W·x + scale·B·(A·x) (Hu et
/// al., "LoRA", arXiv 2106.09685, section 4.1).
///
/// @param base the map that is changed, of any number format
record LowRankLinear(LinearLayer base, LowRank change) implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    return ResultScope.of(() -> {
      Tensor changed = torch.linear(torch.linear(x, change.a()), change.b());
      return torch.add(base.apply(x), changed, new Scalar(change.scale()));
    });
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    Tensor b = change.b().narrow(0, from, to - from);
    return new LowRankLinear(base.outputs(from, to), new LowRank(change.a(), b, change.scale()));
  }
}
