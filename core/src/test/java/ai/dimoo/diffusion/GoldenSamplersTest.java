package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.diffusion.GoldenModel.Case;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every run that the reference recorded, token by token in every step.
class GoldenSamplersTest {

  private static GoldenModel model;

  @BeforeAll
  static void load() {
    model = new GoldenModel();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  static List<String> imageCases() {
    return GoldenModel.cases("t2i", "i2i");
  }

  static List<String> textCases() {
    return GoldenModel.cases("mmu");
  }

  @ParameterizedTest
  @MethodSource("imageCases")
  void imageSamplingTakesTheReferencesSteps(String name) {
    try (Case golden = Case.open(name)) {
      TokenSequence sequence = golden.sequence();
      ImageSamplerSettings settings = imageSettings(golden);
      List<DecodingStep> steps = new ArrayList<>();
      ImageSampler sampler = new ImageSampler(model.predictor, model.special);

      TokenIds result = sampler.sample(sequence, settings, steps::add);

      assertThat(inputs(sequence, steps)).isDeepEqualTo(golden.stepInputs());
      int[] codes = golden.picture().codes(result, model.special).codes();
      assertThat(IntStream.of(codes).map(model.special::token).toArray())
          .isEqualTo(golden.ints("result"));
      checkComputedPositions(golden, steps);
    }
  }

  private static ImageSamplerSettings imageSettings(Case golden) {
    CacheSettings cache =
        golden.settings().path("use_cache").asBoolean(false)
            ? new CacheSettings(
                golden.number("cache_ratio"),
                golden.number("warmup_ratio"),
                golden.integer("refresh_interval"))
            : null;
    return new ImageSamplerSettings(
        golden.integer("timesteps"),
        golden.number("temperature"),
        golden.number("cfg_scale"),
        golden.number("cfg_img"),
        Noise.EXACT,
        Remasking.LOW_CONFIDENCE,
        golden.integer("seed"),
        cache);
  }

  /// Where the reference recorded a mask it computed those positions, elsewhere all.
  private static void checkComputedPositions(Case golden, List<DecodingStep> steps) {
    List<String> branches = List.of("cond", "uncond");
    for (int step = 0; step < steps.size(); step++) {
      List<int[]> computed = steps.get(step).computed();
      for (int branch = 0; branch < Math.min(2, computed.size()); branch++) {
        String name = "compute_mask_" + branches.get(branch) + "." + step;
        int[] positions = computed.get(branch);
        if (golden.file().names().contains(name)) {
          int[] mask = golden.ints(name);
          int[] expected = IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
          assertThat(positions).as(name).isEqualTo(expected);
        } else {
          assertThat(positions).as(name).isEqualTo(IntStream.range(0, positions.length).toArray());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("textCases")
  void textSamplingTakesTheReferencesSteps(String name) {
    try (Case golden = Case.open(name)) {
      TokenSequence sequence = golden.sequence();
      boolean random = golden.settings().get("remasking").stringValue().equals("random");
      TextSamplerSettings settings =
          new TextSamplerSettings(
              golden.integer("steps"),
              golden.integer("gen_length"),
              golden.integer("block_length"),
              golden.number("temperature"),
              golden.number("cfg_scale"),
              random ? Remasking.RANDOM : Remasking.LOW_CONFIDENCE,
              golden.integer("seed"),
              false,
              null);
      List<DecodingStep> steps = new ArrayList<>();

      TokenIds result =
          new TextSampler(model.predictor, model.special).sample(sequence, settings, steps::add);

      assertThat(inputs(sequence, steps)).isDeepEqualTo(golden.stepInputs());
      assertThat(result.toArray()).isEqualTo(golden.ints("result"));
    }
  }

  /// What each step was given: the start, then what each step but the last left.
  private static int[][] inputs(TokenSequence start, List<DecodingStep> steps) {
    int[][] inputs = new int[steps.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (i == 0 ? start.ids() : steps.get(i - 1).tokens()).toArray();
    }
    return inputs;
  }
}
