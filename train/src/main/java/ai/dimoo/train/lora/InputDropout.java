package ai.dimoo.train.lora;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.transformer.BatchGradient.Placed;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Sets a share of the numbers that a change of low rank reads to zero, and the others up by what
/// is missing (Srivastava et al., "Dropout", JMLR 15).
///
/// Which they are depends on the seed, the step, the example's place in the batch and the layer
/// alone: a block that is computed again drops the same, and so do a training that goes on after a
/// stop and one of another number of ranks. They are drawn on the processor, wherever is computed.
///
/// @param share that is dropped, above 0 and below 1
/// @param seed of the training
/// @param step from 0
/// @param part what is computed at once
record InputDropout(double share, long seed, long step, List<Placed> part) {

  /// [B, L, in] → [B, L, in]; of padding nothing is dropped.
  ///
  /// @param layer the name of its weight
  Tensor apply(Tensor x, String layer) {
    long first = IndexedRandom.at(seed + layer.hashCode(), step).nextLong();
    return ResultScope.of(() -> {
      Tensor kept = torch.ones(x.sizes().vec().get(), new TensorOptions(x.scalar_type()));
      for (int b = 0; b < part.size(); b++) {
        int length = part.get(b).example().ids().length;
        long own = IndexedRandom.at(seed, first + part.get(b).place()).nextLong();
        try (TorchRandom random = new TorchRandom(own)) {
          kept.select(0, b).narrow(0, 0, length).bernoulli_(1 - share, random.generator());
        }
      }
      return x.mul(kept.to(x.device(), x.scalar_type())).div(new Scalar(1 - share));
    });
  }
}
