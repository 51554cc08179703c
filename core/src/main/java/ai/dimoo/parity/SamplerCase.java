package ai.dimoo.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.SelfCorrection;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.error.UserException;
import ai.dimoo.sequence.ImageSpan;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TextSpan;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.torch.TensorArrays;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One entry of `cases.json` and the file of the same name.
///
/// @param settings of the run
/// @param file its recorded tokens
public record SamplerCase(String name, JsonNode settings, SafetensorsFile file)
    implements AutoCloseable {

  /// The names of the cases whose task is one of these.
  static List<String> names(ReferenceFolder folder, List<String> tasks) {
    return folder.json("cases.json").properties().stream()
        .filter(entry -> tasks.contains(entry.getValue().path("task").asString("")))
        .map(entry -> entry.getKey())
        .toList();
  }

  /// Checks every case whose task is one of these, each by itself.
  static void each(
      ReferenceFolder folder,
      List<String> tasks,
      ParityReport report,
      Consumer<SamplerCase> check) {
    for (String name : names(folder, tasks)) {
      report.run(
          name,
          () -> {
            try (SamplerCase run = open(folder, name)) {
              check.accept(run);
            }
          });
    }
  }

  /// Opens a case; the caller closes it.
  public static SamplerCase open(ReferenceFolder folder, String name) {
    return new SamplerCase(
        name, folder.json("cases.json").get(name), folder.tensors(name + ".safetensors"));
  }

  /// A whole number of the settings.
  public int integer(String field) {
    JsonNode value = settings.path(field);
    if (!value.isIntegralNumber()) {
      throw new UserException("cases.json: %s of %s is %s".formatted(field, name, value));
    }
    return value.intValue();
  }

  /// A number of the settings, 0 where there is none.
  public double number(String field) {
    return settings.path(field).asDouble(0);
  }

  /// A text of the settings, empty where there is none.
  public String text(String field) {
    return settings.path(field).asString("");
  }

  /// The settings of the max-logit cache; null if the run had none.
  @Nullable CacheSettings cache() {
    return settings.path("use_cache").asBoolean(false)
        ? new CacheSettings(
            number("cache_ratio"), number("warmup_ratio"), integer("refresh_interval"))
        : null;
  }

  /// A tensor of token ids, row-major.
  public int[] tokens(String tensor) {
    try (PointerScope scope = new PointerScope()) {
      return TensorArrays.ints(file.tensor(tensor));
    }
  }

  /// What the run began with.
  public TokenSequence sequence() {
    TokenIds ids = TokenIds.of(tokens("sequence"));
    return switch (text("task")) {
      case "mmu" ->
          TokenSequence.of(ids, new TextSpan(integer("code_start"), integer("gen_length")));
      case "i2i" ->
          TokenSequence.of(
              ids,
              picture(),
              TokenIds.of(tokens("uncond_text")),
              TokenIds.of(tokens("uncond_image")));
      default ->
          TokenSequence.of(ids, picture(), TokenIds.of(tokens("uncond_prompt")), TokenIds.NONE);
    };
  }

  /// Where the picture stands.
  public ImageSpan picture() {
    JsonNode grid = settings.path("grid");
    return new ImageSpan(integer("code_start"), grid.path(0).asInt(), grid.path(1).asInt());
  }

  /// The picture's tokens at the end of a run.
  int[] pictureTokens(TokenIds ids, SpecialTokens special) {
    return IntStream.of(picture().codes(ids, special).codes()).map(special::token).toArray();
  }

  /// How the picture was sampled. The recordings are in float32, where the reference's noise is
  /// exact.
  public ImageSamplerSettings imageSettings() {
    return new ImageSamplerSettings(
        integer("timesteps"),
        number("temperature"),
        number("cfg_scale"),
        number("cfg_img"),
        Noise.EXACT,
        Remasking.LOW_CONFIDENCE,
        settings.path("seed").asLong(),
        text("task").equals("t2i_correction") ? SelfCorrection.AS_PUBLISHED : SelfCorrection.OFF,
        0,
        1,
        settings.path("budget").asInt(0),
        cache());
  }

  /// How the answer was sampled. The reference's own early stop does not work, so the recordings go
  /// through all blocks.
  public TextSamplerSettings textSettings() {
    return new TextSamplerSettings(
        integer("steps"),
        integer("gen_length"),
        integer("block_length"),
        number("temperature"),
        number("cfg_scale"),
        Remasking.named(text("remasking")),
        settings.path("seed").asLong(),
        false,
        cache());
  }

  /// What differs first between the steps recorded and the steps taken; null: nothing.
  @Nullable String firstDifferingStep(List<DecodingStep> steps) {
    int length = (int) file.info("step_inputs").sizes()[1];
    int[] inputs = tokens("step_inputs");
    int recorded = inputs.length / length;
    for (int step = 0; step < Math.min(recorded, steps.size()); step++) {
      int[] given = step == 0 ? tokens("sequence") : steps.get(step - 1).tokens().toArray();
      int[] expected = Arrays.copyOfRange(inputs, step * length, (step + 1) * length);
      int at = Arrays.mismatch(given, expected);
      if (at >= 0) {
        return "before step %d token %d is %d, expected %d"
            .formatted(step, at, at < given.length ? given[at] : -1, expected[at]);
      }
    }
    return recorded == steps.size() ? null : steps.size() + " steps taken, expected " + recorded;
  }

  /// What differs first between the positions that cached steps recomputed and the recorded ones;
  /// null: nothing. A step without a record computed all positions.
  @Nullable String firstDifferingComputation(List<List<int[]>> steps) {
    List<String> branches = List.of("cond", "uncond");
    for (int step = 0; step < steps.size(); step++) {
      List<int[]> computed = steps.get(step);
      for (int branch = 0; branch < Math.min(branches.size(), computed.size()); branch++) {
        String tensor = "compute_mask_" + branches.get(branch) + "." + step;
        int[] positions = computed.get(branch);
        if (!Arrays.equals(positions, expectedComputation(tensor, positions.length))) {
          return tensor + ": other positions were computed";
        }
      }
    }
    return null;
  }

  private int[] expectedComputation(String tensor, int all) {
    if (!file.names().contains(tensor)) {
      return IntStream.range(0, all).toArray();
    }
    int[] mask = tokens(tensor);
    return IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
  }

  /// Reports the first difference found, or that all tokens of all steps are equal.
  void report(ParityReport report, StepRecording taken, int[] result) {
    String difference = firstDifferingStep(taken.steps());
    if (difference == null) {
      difference = firstDifferingComputation(taken.computed());
    }
    int at = Arrays.mismatch(result, tokens("result"));
    if (difference == null && at >= 0) {
      difference = "token %d of the result differs".formatted(at);
    }
    report.add(
        difference == null
            ? ParityResult.equal(
                name, "all tokens of %d steps and the result equal".formatted(taken.steps().size()))
            : ParityResult.failure(name, difference));
  }

  @Override
  public void close() {
    file.close();
  }
}
