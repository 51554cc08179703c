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
    refused(() -> image(0, 1, 4), "timesteps is 0, expected a whole number of at least 1.");
    refused(() -> image(8, -1, 4), "temperature is -1.0, expected a number of at least 0.");
    refused(() -> image(8, 1, Double.NaN), "cfgScale is NaN, expected a number of at least 0.");
    ImageSamplerSettings usual = ImageSamplerSettings.TEXT_TO_IMAGE;
    refused(
        () -> usual.toBuilder().cfgFrom(0.6).cfgTo(0.5).build(),
        "cfgFrom is 0.6, expected less than the cfg_to 0.5.");
    refused(
        () -> usual.toBuilder().cfgTo(1.5).build(), "cfgTo is 1.5, expected a number from 0 to 1.");
    refused(
        () -> new CacheSettings(1.5, 0, 5), "cacheRatio is 1.5, expected a number from 0 to 1.");
    refused(
        () -> new CacheSettings(0.9, 0, 0),
        "refreshInterval is 0, expected a whole number of at least 1.");
    refused(() -> text(12, 20, 8), "genLength is 20, expected a multiple of the block length 8.");
    refused(() -> text(10, 24, 8), "steps is 10, expected a multiple of the 3 blocks of 8 tokens.");
  }

  @Test
  void spreadsABlockOverItsStepsWithTheRemainderFirst() {
    assertThat(IntStream.range(0, 7).map(step -> TextDecoding.share(10, step, 7)).toArray())
        .containsExactly(2, 2, 2, 1, 1, 1, 1);
    assertThat(IntStream.range(0, 4).map(step -> TextDecoding.share(2, step, 4)).toArray())
        .containsExactly(1, 1, 0, 0);
  }

  @Test
  void settingsOfAnswersThatExcludeEachOtherAreRefused() {
    TextSamplerSettings.Builder both = text(4, 8, 8).toBuilder().cache(CacheSettings.DEFAULT);
    refused(
        () -> both.blockCache(true).build(),
        "block_cache and cache exclude each other. Leave blockCache out.");
    TextSamplerSettings.Builder any = text(4, 8, 8).toBuilder().remasking(Remasking.RANDOM);
    refused(
        () -> any.confidence(0.9).build(),
        "confidence keeps the likeliest predictions, remasking random keeps any. Leave confidence out.");
    refused(
        () -> text(4, 8, 8).toBuilder().confidence(1.1).build(),
        "confidence is 1.1, expected a number from 0 to 1.");
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
