package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.TensorArrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GuidanceTest {

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
    TokenIds withoutText = TokenIds.of(7);
    TokenIds withoutPictures = TokenIds.of(8);
    ImageSpan picture = new ImageSpan(2, 1, 1);
    TokenIds ids = TokenIds.repeated(1, 6);
    TokenSequence text = TokenSequence.of(ids, picture, withoutText, TokenIds.NONE);
    TokenSequence image = TokenSequence.of(ids, picture, withoutText, withoutPictures);
    try (PointerScope scope = new PointerScope()) {
      Tensor c = Tensor.create(1f, 2f);

      for (TokenSequence sequence : List.of(text, image)) {
        ImageGuidance none = new ImageGuidance(sequence, settings(0, 0));
        assertThat(none.prompts()).isEmpty();
        assertThat(none.guide(c, List.of()).equal(c)).isTrue();
      }
      assertThat(new ImageGuidance(text, settings(1, 4)).prompts()).containsExactly(withoutText);
      ImageGuidance byPicture = new ImageGuidance(image, settings(0, 4));
      assertThat(byPicture.prompts()).containsExactly(withoutPictures);
      Tensor i = Tensor.create(2f, 2f);
      assertThat(TensorArrays.floats(byPicture.guide(c, List.of(i)))).containsExactly(-3f, 2f);
    }
  }

  private static ImageSamplerSettings settings(double cfgScale, double cfgImage) {
    return new ImageSamplerSettings(
        8, 1, cfgScale, cfgImage, Noise.EXACT, Remasking.LOW_CONFIDENCE, 0, null);
  }
}
