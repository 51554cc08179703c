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

      MaskGitStep step = MaskGitStep.choose(logits, 1, at(0, Remasking.LOW_CONFIDENCE), random);

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
      MaskGitStep step = MaskGitStep.choose(logits, 0, at(0.5, Remasking.LOW_CONFIDENCE), random);

      double share = IntStream.of(step.codes()).filter(code -> code == 0).count() / (double) n;
      assertThat(share).isBetween(0.68, 0.705);
    }
  }

  @Test
  void whatIsSureIsDecidedFirstUnlessRemaskingIsRandom() {
    assertThat(sureOnesDecided(Remasking.LOW_CONFIDENCE)).isGreaterThan(0.9);
    assertThat(sureOnesDecided(Remasking.RANDOM)).isBetween(0.45, 0.55);
  }

  /// Of 2,000 positions, half of them sure, half are decided.
  ///
  /// @return the share of the sure ones among the decided
  private static double sureOnesDecided(Remasking remasking) {
    int n = 2000;
    float[] logits = new float[2 * n];
    for (int i = 0; i < n; i += 2) {
      logits[2 * i] = 10;
    }
    try (TorchRandom random = new TorchRandom(5);
        PointerScope scope = new PointerScope()) {
      boolean[] remasked =
          MaskGitStep.choose(Tensor.create(logits, n, 2), n / 2, at(0.1, remasking), random)
              .remasked();
      long sure = IntStream.range(0, n).filter(i -> i % 2 == 0 && !remasked[i]).count();
      return sure / (n / 2.0);
    }
  }

  private static ImageSamplerSettings at(double temperature, Remasking remasking) {
    return new ImageSamplerSettings(1, temperature, 0, 0, Noise.EXACT, remasking, 0, null);
  }
}
