package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.TorchRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MaskGitStepTest {

  @Test
  void takesTheLikeliestCodesAndKeepsTheSurestAtTemperatureZero() {
    try (TorchRandom random = new TorchRandom(0);
        PointerScope scope = new PointerScope()) {
      Tensor logits = Tensor.create(new float[] {0, 1, 0, 9, 0, 0, 0, 0, 4}, 3, 3);

      MaskGitStep step = MaskGitStep.choose(logits, 1, 0, Noise.EXACT, random);

      assertThat(step.codes()).containsExactly(1, 0, 2);
      assertThat(step.remasked()).containsExactly(true, false, false);
    }
  }

  @Test
  void equalConfidencesAtTheBorderAreAllKept() {
    try (PointerScope scope = new PointerScope()) {
      assertThat(MaskGitStep.leastConfident(Tensor.create(2f, 1f, 2f, 2f), 2))
          .containsExactly(false, true, false, false);
      assertThat(MaskGitStep.leastConfident(Tensor.create(2f, 2f), 1))
          .containsExactly(false, false);
    }
  }

  @Test
  void atLeastOneTokenIsDecidedAndAllWhereNoneIsToStayMasked() {
    try (PointerScope scope = new PointerScope()) {
      assertThat(MaskGitStep.leastConfident(Tensor.create(1f, 3f, 2f), 3))
          .containsExactly(true, false, true);
      assertThat(MaskGitStep.leastConfident(Tensor.create(1f, 3f, 2f), 0))
          .containsExactly(false, false, false);
    }
  }

  @Test
  void samplesTheSoftmaxAtTheTemperature() {
    int n = 20_000;
    try (TorchRandom random = new TorchRandom(5);
        PointerScope scope = new PointerScope()) {
      Tensor logits = Tensor.create((float) Math.log(0.6), (float) Math.log(0.4)).expand(n, 2);

      // at temperature 1/2 the probabilities are squared: 0.36 to 0.16
      MaskGitStep step = MaskGitStep.choose(logits, 0, 0.5, Noise.EXACT, random);

      double share = IntStream.of(step.codes()).filter(code -> code == 0).count() / (double) n;
      assertThat(share).isBetween(0.68, 0.705);
    }
  }
}
