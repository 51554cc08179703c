package ai.dimoo.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.EngineThread;
import ai.dimoo.torch.TorchRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class AttentionTest {

  @Test
  void fusedAndExplicitAttentionAgreeWithGroupedHeadsAndPaddingHoweverManyScoresAreInMemory() {
    try (EngineThread engine = new EngineThread("attention", 1)) {
      double worst = engine.call(AttentionTest::largestDifference);
      assertThat(worst).isLessThan(1e-5);
    }
  }

  private static double largestDifference() {
    try (PointerScope scope = new PointerScope();
        TorchRandom random = new TorchRandom(3)) {
      Tensor q = random.uniform(ScalarType.Float, 2, 4, 11, 8);
      Tensor k = random.uniform(ScalarType.Float, 2, 2, 13, 8);
      Tensor v = random.uniform(ScalarType.Float, 2, 2, 13, 8);
      Tensor attended = random.uniform(ScalarType.Float, 2, 1, 1, 13).gt(new Scalar(0.3));
      Tensor fused = Attention.FUSED.apply(q, k, v, attended);
      double worst = 0;
      for (long mostScores : new long[] {1, 2 * 4 * 13 * 3, 1 << 20}) {
        Tensor explicit = Attention.explicit(q, k, v, attended, mostScores);
        worst = Math.max(worst, fused.sub(explicit).abs().max().item_double());
      }
      return worst;
    }
  }
}
