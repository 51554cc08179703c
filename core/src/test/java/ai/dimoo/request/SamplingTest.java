package ai.dimoo.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SamplingTest {

  private static final ImageSamplerSettings USUAL = ImageSamplerSettings.IMAGE_TO_IMAGE;

  /// A value of each field that is not the usual one; a shortcut network goes with no cache.
  private static Sampling everything() {
    Sampling all = Sampling.DEFAULT;
    for (SamplingField<?> field : SamplingTable.of(SamplingKind.EDIT)) {
      if (field.isInSettings()) {
        all = all.withText(field, unusual(field));
      }
    }
    return all;
  }

  private static String unusual(SamplingField<?> field) {
    return switch (field.values()) {
      case FieldValues.Whole _ -> field == SamplingTable.FULL_STEPS ? "0" : "3";
      case FieldValues.Number _ -> field == SamplingTable.CFG_TO ? "0.75" : "0.25";
      case FieldValues.Seed _ -> "77";
      case FieldValues.Flag _ -> "true";
      case FieldValues.Choice<?> choice -> choice.words().getLast();
    };
  }

  @Test
  void everySettingReachesTheSamplerAndComesBack() {
    Sampling all = everything();
    ImageSamplerSettings settings = all.resolve(USUAL);

    assertThat(settings.cache()).isEqualTo(new CacheSettings(0.25, 0.25, 3));
    assertThat(Sampling.of(settings, SamplingKind.EDIT)).isEqualTo(all);
    for (SamplingField<?> field : SamplingTable.of(SamplingKind.EDIT)) {
      if (field.isInSettings() && field != SamplingTable.FULL_STEPS) {
        assertThat(field.of(settings)).as(field.name()).isNotEqualTo(field.of(USUAL));
      }
    }
  }

  @Test
  void stepsOfAShortcutNetworkReachTheSamplerAndGoWithNoCache() {
    Sampling few = Sampling.DEFAULT.withText(SamplingTable.FULL_STEPS, "9");

    assertThat(few.resolve(USUAL).fullSteps()).isEqualTo(9);
    assertThat(few.resolve(USUAL).cache()).isNull();
    refused(
        () -> few.withCache(CacheSettings.DEFAULT).resolve(USUAL),
        "fullSteps is 9, expected 0 where the max-logit cache is used.");
  }

  @Test
  void everySettingOfAPictureIsInItsRecipe() {
    ImageSamplerSettings settings = everything().resolve(USUAL);
    ModelIdentity model = new ModelIdentity("pocket", "0123", "cpu", "float32");
    Recipe recipe =
        new Recipe("other", "a", new Size(8, 8), settings, Map.of(), model, "dimoo 0.1.0");

    for (SamplingField<?> field : SamplingTable.of(SamplingKind.EDIT)) {
      if (field.isInSettings()) {
        assertThat(recipe.toTexts()).as(field.name()).containsKey(field.name());
      }
    }
    assertThat(Recipe.ofTexts(recipe.toTexts(), "it.png")).isEqualTo(recipe);
  }

  @Test
  void picturesOfEarlierVersionsAreReadAsTheyWereMade() {
    Map<String, String> texts = new LinkedHashMap<>();
    Stream.of(
            "prompt=a circle",
            "task=text_to_image",
            "seed=-5",
            "width=64",
            "height=64",
            "timesteps=8",
            "cfg_scale=4.0",
            "cfg_img=0.0",
            "temperature=1.0",
            "noise=reference",
            "model=pocket",
            "model_fingerprint=0123",
            "device=cpu",
            "dtype=float32",
            "Software=dimoo 0.1.0")
        .forEach(text -> texts.put(text.split("=")[0], text.split("=")[1]));

    Recipe recipe = Recipe.ofTexts(texts, "old.png");
    assertThat(recipe.settings())
        .isEqualTo(ImageSamplerSettings.TEXT_TO_IMAGE.toBuilder().timesteps(8).seed(-5).build());
    assertThat(recipe.request(Recipe.Inputs.NONE).sampling().resolve(USUAL).seed()).isEqualTo(-5);
    assertThat(recipe.sampling().or(Sampling.DEFAULT).seed()).isEqualTo(-5);
  }

  @Test
  void aSettingThatMeansNothingIsRefused() {
    refused(
        () -> TextToImage.of("a").sampling(Sampling.DEFAULT.withCfgImage(4.0)).build(),
        "The task text_to_image has no cfg_img. Leave cfgImage out.");
    refused(
        () -> TextToImage.of("a").sampling(Sampling.DEFAULT.withGenLength(4)).build(),
        "The task text_to_image has no gen_length. Leave genLength out.");
    assertThat(everything().only(SamplingKind.PICTURE).get(SamplingTable.CFG_IMG)).isNull();
  }

  @Test
  void seedsAreNotNegativeAndMinusOneIsANewOne() {
    assertThat(Sampling.DEFAULT.withSeed(-1L)).isEqualTo(Sampling.DEFAULT);
    assertThat(Sampling.DEFAULT.withText(SamplingTable.SEED, "-1").seed()).isNull();
    long[] drawn = new long[4];
    Arrays.setAll(drawn, i -> Sampling.DEFAULT.withSeed(-1L).resolve(USUAL).seed());
    assertThat(drawn).doesNotContain(-1);
    assertThat(Arrays.stream(drawn).distinct().count()).isGreaterThan(1);
    refused(
        () -> Sampling.DEFAULT.withSeed(-2L),
        "seed is -2, expected a whole number from 0 to 9223372036854775807, or -1 for a new one.");
    refused(
        () -> Sampling.DEFAULT.withText(SamplingTable.SEED, "18446744073709551615"),
        "seed is 18446744073709551615, expected a whole number from 0 to 9223372036854775807, or"
            + " -1 for a new one.");
  }

  @Test
  void seedsOfSeveralPicturesDoNotWrap() {
    Sampling last = Sampling.DEFAULT.withSeed(Long.MAX_VALUE - 1);

    assertThat(last.forPicture(1).seed()).isEqualTo(Long.MAX_VALUE);
    refused(
        () -> last.forPicture(2),
        "seed is 9223372036854775806, expected at most 9223372036854775805, so that picture 3 has"
            + " one too.");
  }

  @Test
  void theTableAndTheSamplerRefuseTheSameValues() {
    for (SamplingField<?> field : SamplingTable.ALL) {
      List<String> wrong =
          switch (field.values()) {
            case FieldValues.Whole(int least) -> List.of(Integer.toString(least - 1), "x");
            case FieldValues.Number(double most) ->
                List.of("-0.1", "NaN", Double.toString(most * 1.1), "x");
            case FieldValues.Seed _ -> List.of("-2", "1.5");
            case FieldValues.Flag _ -> List.of("perhaps");
            case FieldValues.Choice<?> _ -> List.of("other");
          };
      for (String text : wrong) {
        assertThatThrownBy(() -> field.parse(text))
            .as("%s %s", field, text)
            .isInstanceOf(UserException.class)
            .hasMessageContaining("expected " + field.values().expected());
      }
    }
  }

  @Test
  void whatIsSaidGoesFirstAndTheRestIsFilledIn() {
    Sampling here = Sampling.DEFAULT.withTimesteps(4).withCache(null);
    Sampling those =
        Sampling.DEFAULT.withTimesteps(9).withNoise(Noise.EXACT).withCache(CacheSettings.DEFAULT);

    assertThat(here.or(those))
        .isEqualTo(Sampling.DEFAULT.withTimesteps(4).withNoise(Noise.EXACT).withCache(null));
    assertThat(here.or(those).usesCache()).isFalse();
  }

  private static void refused(ThrowingCallable wrong, String message) {
    assertThatThrownBy(wrong).isInstanceOf(UserException.class).hasMessage(message);
  }
}
