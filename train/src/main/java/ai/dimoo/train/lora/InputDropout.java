package ai.dimoo.train.lora;

import ai.dimoo.torch.ResultScope;
import ai.dimoo.torch.TorchRandom;
import ai.dimoo.train.source.IndexedRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Sets a share of the numbers that a change of low rank reads to zero, and the others up by what
/// is missing (Srivastava et al., "Dropout", JMLR 15).
///
/// Which they are depends on the seed, the step, the part of its batch and the layer alone: a block
/// that is computed again drops the same, and so does a training that goes on after a stop. They
/// are drawn on the processor, wherever is computed.
///
/// @param share that is dropped, above 0 and below 1
/// @param seed of the training
/// @param step from 0
/// @param part of the step's batch, from 0
record InputDropout(double share, long seed, long step, int part) {

  /// [..., in] → [..., in]
  ///
  /// @param layer the name of its weight
  Tensor apply(Tensor x, String layer) {
    long place = IndexedRandom.at(seed + layer.hashCode(), step).nextLong() + part;
    try (TorchRandom random = new TorchRandom(IndexedRandom.at(seed, place).nextLong())) {
      return ResultScope.of(() -> {
        Tensor kept =
            torch
                .empty(x.sizes(), new TensorOptions(x.scalar_type()), null)
                .bernoulli_(1 - share, random.generator());
        return x.mul(kept.to(x.device(), x.scalar_type())).div(new Scalar(1 - share));
      });
    }
  }
}
