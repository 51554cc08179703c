package ai.dimoo.train.parity;

import ai.dimoo.checkpoint.SafetensorsFile;
import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.DecodingStep;
import ai.dimoo.error.UserException;
import ai.dimoo.torch.TensorArrays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One entry of `cases.json` and the file of the same name.
///
/// @param settings of the run
/// @param file its recorded tokens
record SamplerCase(String name, JsonNode settings, SafetensorsFile file) implements AutoCloseable {

  /// The names of the cases whose task is one of these.
  static List<String> names(ReferenceFolder folder, List<String> tasks) {
    return folder.json("cases.json").properties().stream()
        .filter(entry -> tasks.contains(entry.getValue().path("task").asString("")))
        .map(entry -> entry.getKey())
        .toList();
  }

  static SamplerCase open(ReferenceFolder folder, String name) {
    return new SamplerCase(
        name, folder.json("cases.json").get(name), folder.tensors(name + ".safetensors"));
  }

  int integer(String field) {
    JsonNode value = settings.path(field);
    if (!value.isIntegralNumber()) {
      throw new UserException("cases.json: %s of %s is %s".formatted(field, name, value));
    }
    return value.intValue();
  }

  double number(String field) {
    return settings.path(field).asDouble(0);
  }

  String text(String field) {
    return settings.path(field).asString("");
  }

  /// The settings of the max-logit cache; null if the run had none.
  @Nullable CacheSettings cache() {
    return settings.path("use_cache").asBoolean(false)
        ? new CacheSettings(
            number("cache_ratio"), number("warmup_ratio"), integer("refresh_interval"))
        : null;
  }

  int[] tokens(String tensor) {
    try (PointerScope scope = new PointerScope()) {
      return TensorArrays.ints(file.tensor(tensor));
    }
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
  @Nullable String firstDifferingComputation(List<DecodingStep> steps) {
    List<String> branches = List.of("cond", "uncond");
    for (int step = 0; step < steps.size(); step++) {
      List<int[]> computed = steps.get(step).computed();
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
  void report(ParityReport report, List<DecodingStep> steps, int[] result) {
    String difference = firstDifferingStep(steps);
    if (difference == null) {
      difference = firstDifferingComputation(steps);
    }
    int at = Arrays.mismatch(result, tokens("result"));
    if (difference == null && at >= 0) {
      difference = "token %d of the result differs".formatted(at);
    }
    report.add(
        difference == null
            ? ParityResult.equal(
                name, "all tokens of %d steps and the result equal".formatted(steps.size()))
            : ParityResult.failure(name, difference));
  }

  @Override
  public void close() {
    file.close();
  }
}
