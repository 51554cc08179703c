package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SamplerSettingsTest {

  @Test
  void refusesWhatIsOutOfRangeInOneLine() {
    refused(() -> image(0, 1, 4), "The number of timesteps is 0, expected at least 1.");
    refused(() -> image(8, -1, 4), "The temperature is -1.0, expected a number of at least 0.0.");
    refused(
        () -> image(8, 1, Double.NaN), "The cfg scale is NaN, expected a number of at least 0.0.");
    refused(
        () -> new CacheSettings(1.5, 0, 5),
        "The cache ratio is 1.5, expected a number from 0.0 to 1.0.");
    refused(() -> new CacheSettings(0.9, 0, 0), "The refresh interval is 0, expected at least 1.");
    refused(
        () -> text(12, 20, 8),
        "The generation length 20 is not a multiple of the block length 8; choose a block length"
            + " that divides it.");
    refused(
        () -> text(10, 24, 8),
        "10 steps cannot be spread over the 3 blocks of 8 tokens; choose a multiple of 3.");
  }

  @Test
  void spreadsABlockOverItsStepsWithTheRemainderFirst() {
    assertThat(IntStream.range(0, 7).map(step -> TextDecoding.share(10, step, 7)).toArray())
        .containsExactly(2, 2, 2, 1, 1, 1, 1);
    assertThat(IntStream.range(0, 4).map(step -> TextDecoding.share(2, step, 4)).toArray())
        .containsExactly(1, 1, 0, 0);
  }

  private static ImageSamplerSettings image(int timesteps, double temperature, double cfgScale) {
    return new ImageSamplerSettings(
        timesteps, temperature, cfgScale, 0, Noise.EXACT, Remasking.LOW_CONFIDENCE, 0, null);
  }

  private static TextSamplerSettings text(int steps, int genLength, int blockLength) {
    return new TextSamplerSettings(
        steps, genLength, blockLength, 0, 0, Remasking.LOW_CONFIDENCE, 0, true, null);
  }

  private static void refused(ThrowingCallable settings, String message) {
    assertThatThrownBy(settings).isInstanceOf(UserException.class).hasMessage(message);
  }
}
