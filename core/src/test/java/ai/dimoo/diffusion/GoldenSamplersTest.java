package ai.dimoo.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.diffusion.GoldenModel.Case;
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
      int[] sequence = golden.ints("sequence");
      ImagePrompt prompt =
          golden.settings().get("task").stringValue().equals("i2i")
              ? new ImagePrompt.ImageToImage(
                  sequence,
                  golden.codeStart(),
                  golden.ints("uncond_text"),
                  golden.ints("uncond_image"))
              : new ImagePrompt.TextToImage(
                  sequence, golden.codeStart(), golden.ints("uncond_prompt"));
      ImageSamplerSettings settings = imageSettings(golden);
      List<DecodingStep> steps = new ArrayList<>();
      ImageSampler sampler = new ImageSampler(model.predictor, model.vocabulary);

      int[] result = sampler.sample(prompt, settings, steps::add);

      assertThat(inputs(sequence, steps)).isDeepEqualTo(golden.stepInputs());
      int[] codes = sampler.codes(result, golden.codeStart());
      int offset = model.vocabulary.codeOffset();
      assertThat(IntStream.of(codes).map(code -> code + offset).toArray())
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
      int[] sequence = golden.ints("sequence");
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

      TextAnswer answer =
          new TextSampler(model.predictor, model.vocabulary)
              .sample(new TextPrompt(sequence, golden.codeStart()), settings, steps::add);

      assertThat(inputs(sequence, steps)).isDeepEqualTo(golden.stepInputs());
      assertThat(answer.tokens()).isEqualTo(golden.ints("result"));
    }
  }

  /// What each step was given: the start, then what each step but the last left.
  private static int[][] inputs(int[] start, List<DecodingStep> steps) {
    int[][] inputs = new int[steps.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i == 0 ? start : steps.get(i - 1).tokens();
    }
    return inputs;
  }
}
