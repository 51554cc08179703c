package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.torch.TensorArrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GuidanceTest {

  private static final int[] ROW = {1, 2, 3, 4, 5};

  @Test
  void movesAwayFromTheSequenceThatLacksTheCondition() {
    try (PointerScope scope = new PointerScope()) {
      Tensor c = Tensor.create(1f, 2f);
      Tensor u = Tensor.create(0f, 4f);
      Tensor i = Tensor.create(2f, 2f);

      assertThat(TensorArrays.floats(Guidance.textToImage(c, u, 4))).containsExactly(5f, -6f);
      assertThat(TensorArrays.floats(Guidance.text(c, u, 1.5))).containsExactly(2.5f, -1f);
      Tensor both = Guidance.addCondition(Guidance.addCondition(c, c, u, 2.5), c, i, 4);
      assertThat(TensorArrays.floats(both)).containsExactly(-0.5f, -3f);
    }
  }

  @Test
  void aScaleOfZeroNeedsNoSequenceAndLeavesTheLogitsAsTheyAre() {
    ImageSamplerSettings none = settings(0, 0);
    ImagePrompt text = new ImagePrompt.TextToImage(ROW, 2, new int[] {7});
    ImagePrompt image = new ImagePrompt.ImageToImage(ROW, 2, new int[] {7}, new int[] {8});
    try (PointerScope scope = new PointerScope()) {
      Tensor c = Tensor.create(1f, 2f);

      for (ImagePrompt prompt : List.of(text, image)) {
        assertThat(prompt.guidancePrefixes(none)).isEmpty();
        assertThat(prompt.guide(c, List.of(), none).equal(c)).isTrue();
      }
      assertThat(image.guidancePrefixes(settings(0, 4))).containsExactly(new int[] {8});
      Tensor i = Tensor.create(2f, 2f);
      assertThat(TensorArrays.floats(image.guide(c, List.of(i), settings(0, 4))))
          .containsExactly(-3f, 2f);
    }
  }

  private static ImageSamplerSettings settings(double cfgScale, double cfgImage) {
    return new ImageSamplerSettings(
        8, 1, cfgScale, cfgImage, Noise.EXACT, Remasking.LOW_CONFIDENCE, 0, null);
  }
}
