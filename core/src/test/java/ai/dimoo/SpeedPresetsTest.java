package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.request.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedPresetsTest {

  @TempDir Path folder;

  @BeforeEach
  void copyTheGoldenConfiguration() throws IOException {
    GoldenConfiguration.copyTo(folder);
  }

  private ModelDefaults with(String generationConfig) throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), generationConfig);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return ModelDefaults.of(checkpoint, 16);
    }
  }

  @Test
  void aModelThatSaysNothingTakesFewerSteps() throws IOException {
    ModelDefaults defaults = with("{}");

    assertThat(at(defaults, Speed.EXACT)).isEqualTo(at(defaults, null));
    assertThat(at(defaults, null).timesteps()).isEqualTo(64);
    assertThat(at(defaults, Speed.BALANCED).timesteps()).isEqualTo(32);
    assertThat(at(defaults, Speed.FAST).timesteps()).isEqualTo(16);
    Sampling fast = Sampling.DEFAULT.withSpeed(Speed.FAST).withSeed(1L);
    assertThat(defaults.text(fast).confidence()).isEqualTo(0.9);
    assertThat(defaults.text(fast).blockCache()).isTrue();
    assertThat(defaults.text(fast).earlyCommit()).isTrue();
    assertThat(defaults.text(fast.withSpeed(Speed.BALANCED)).earlyCommit()).isFalse();
    assertThat(defaults.text(fast.withCache(CacheSettings.DEFAULT)).blockCache()).isFalse();
    assertThat(defaults.text(fast.withRemasking(Remasking.RANDOM)).confidence()).isZero();
    assertThat(defaults.text(Sampling.DEFAULT))
        .matches(t -> !t.blockCache() && t.confidence() == 0);
    assertThat(defaults.imageToImage(fast).timesteps()).isEqualTo(16);
    assertThat(defaults.imageToImage(fast).cache()).isNull();
  }

  @Test
  void onlySpeedsThatSomebodyMeasuredAreOffered() throws IOException {
    assertThat(with("{}").speeds().offered(SamplingKind.PICTURE))
        .containsOnlyKeys(Speed.BALANCED, Speed.FAST);
    assertThat(with("{}").speeds().offered(SamplingKind.ANSWER)).hasSize(2);

    String own = "\"timesteps\": 32, \"gen_length\": 24, \"block_length\": 24, \"steps\": 12";
    ModelDefaults silent = with("{%s}".formatted(own));
    assertThat(silent.speeds().offered(SamplingKind.PICTURE)).isEmpty();
    assertThat(silent.speeds().offered(SamplingKind.ANSWER)).isEmpty();
    assertThat(at(silent, Speed.FAST).timesteps()).isEqualTo(8); // who asks for it has it

    ModelDefaults stated = with("{%s, \"speed\": {\"fast\": {\"timesteps\": 6}}}".formatted(own));
    assertThat(stated.speeds().offered(SamplingKind.EDIT))
        .containsExactly(Map.entry(Speed.FAST, Sampling.DEFAULT.withTimesteps(6)));
    assertThat(stated.speeds().offered(SamplingKind.ANSWER)).isEmpty();
  }

  @Test
  void aShortcutNetworkTakesMostOfTheSteps() throws IOException {
    Files.createFile(folder.resolve("shortcut.safetensors"));
    ModelDefaults defaults = with("{}");

    assertThat(at(defaults, Speed.BALANCED).timesteps()).isEqualTo(64);
    assertThat(at(defaults, Speed.BALANCED).fullSteps()).isEqualTo(14);
    assertThat(at(defaults, Speed.FAST).fullSteps()).isEqualTo(9);
    Sampling cached = Sampling.DEFAULT.withSpeed(Speed.FAST).withCache(CacheSettings.DEFAULT);
    assertThat(defaults.textToImage(cached).fullSteps()).isZero();
    assertThat(defaults.textToImage(cached).cache()).isEqualTo(CacheSettings.DEFAULT);
  }

  @Test
  void editsDoWithoutTheNetworkUnlessTheModelSaysOtherwise() throws IOException {
    Files.createFile(folder.resolve("shortcut.safetensors"));
    Sampling balanced = Sampling.DEFAULT.withSpeed(Speed.BALANCED);

    ImageSamplerSettings edit = with("{}").imageToImage(balanced);
    assertThat(edit.fullSteps()).isZero();
    assertThat(edit.timesteps()).isEqualTo(32);

    ModelDefaults stated = with("{\"speed\": {\"balanced\": {\"full_steps\": 20}}}");
    assertThat(stated.imageToImage(balanced).fullSteps()).isEqualTo(20);
  }

  @Test
  void theModelSaysWhatItsSpeedsAreAndTheRequestHasTheLastWord() throws IOException {
    ModelDefaults defaults =
        with(
            """
            {"gen_length": 24, "block_length": 24, "steps": 12,
             "speed": {"balanced": {"timesteps": 12, "cfg_img": 1.5},
                       "fast": {"timesteps": 6, "cache": true}},
             "text_speed": {"fast": {"steps": 3}}}\
            """);

    assertThat(at(defaults, Speed.BALANCED).timesteps()).isEqualTo(12);
    assertThat(at(defaults, Speed.BALANCED).cfgImage()).isZero(); // means nothing without pictures
    Sampling balanced = Sampling.DEFAULT.withSpeed(Speed.BALANCED);
    assertThat(defaults.imageToImage(balanced).cfgImage()).isEqualTo(1.5);
    Sampling fast = Sampling.DEFAULT.withSpeed(Speed.FAST);
    assertThat(defaults.textToImage(fast).cache()).isEqualTo(CacheSettings.DEFAULT);
    assertThat(defaults.textToImage(fast.withTimesteps(40).withCache(null)).timesteps())
        .isEqualTo(40);
    assertThat(defaults.textToImage(fast.withCache(null)).cache()).isNull();
    assertThat(defaults.textToImage(fast.with(SamplingTable.FULL_STEPS, 5)).cache()).isNull();
    assertThat(defaults.text(fast).steps()).isEqualTo(3);
    assertThat(defaults.text(balanced).steps()).isEqualTo(12);
    assertThat(defaults.text(fast.withGenLength(8)).steps()).isEqualTo(4);
  }

  private static ImageSamplerSettings at(ModelDefaults defaults, Speed speed) {
    return defaults.textToImage(Sampling.DEFAULT.withSpeed(speed).withSeed(1L));
  }
}
