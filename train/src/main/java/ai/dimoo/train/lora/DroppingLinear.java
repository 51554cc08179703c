package ai.dimoo.train.lora;

import ai.dimoo.linear.LinearLayer;
import ai.dimoo.linear.LowRank;
import ai.dimoo.torch.ResultScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A linear map and a change to it that does not see all of its input: W·x +
/// scale·B·(A·dropout(x)).
///
/// @param name of the layer's weight
record DroppingLinear(LinearLayer base, LowRank change, InputDropout dropout, String name)
    implements LinearLayer {

  @Override
  public Tensor apply(Tensor x) {
    return ResultScope.of(() -> {
      Tensor seen = dropout.apply(x, name);
      Tensor changed = torch.linear(torch.linear(seen, change.a()), change.b());
      return torch.add(base.apply(x), changed, new Scalar(change.scale()));
    });
  }

  @Override
  public LinearLayer outputs(long from, long to) {
    Tensor b = change.b().narrow(0, from, to - from);
    LowRank some = new LowRank(change.a(), b, change.scale());
    return new DroppingLinear(base.outputs(from, to), some, dropout, name);
  }
}
