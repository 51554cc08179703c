package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.TorchRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class NoiseTest {

  private final Device cpu = new Device("cpu");

  @Test
  void referenceNoiseIsCutAtBothEndsAndExactNoiseIsNot() {
    try (TorchRandom random = new TorchRandom(3);
        PointerScope scope = new PointerScope()) {
      Tensor reference = Noise.REFERENCE.gumbel(random, cpu, 1000, 100).to(ScalarType.Float);
      Tensor exact = Noise.EXACT.gumbel(random, cpu, 1000, 100);

      // u = 0 and u = 255/256 (system.md §1.5)
      assertThat(reference.min().item_float()).isBetween(-3.85f, -3.81f);
      assertThat(reference.max().item_float()).isBetween(5.52f, 5.54f);
      assertThat(exact.max().item_float()).isGreaterThan(8f);
      // a standard Gumbel variable's mean is Euler's constant, its variance π²/6
      assertThat(exact.mean().item_float()).isBetween(0.56f, 0.60f);
      assertThat(exact.var().item_float()).isBetween(1.60f, 1.69f);
    }
  }

  @Test
  void referenceNoiseKeepsTheLogitsFormatAndExactNoiseWantsFloat32() {
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = Tensor.create(1f, 2f).to(ScalarType.BFloat16);

      assertThat(Noise.REFERENCE.precise(logits).scalar_type().intern())
          .isEqualTo(ScalarType.BFloat16);
      assertThat(Noise.EXACT.precise(logits).scalar_type().intern()).isEqualTo(ScalarType.Float);
    }
  }
}
