package ai.dimoo.server.openai;

import ai.dimoo.request.SamplingField;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import java.util.List;
import java.util.stream.Stream;

/// What JSON calls the fields of the {@link SamplingTable}: their own names, and those that clients
/// of other servers use.
final class SamplingNames {

  /// The largest guidance or temperature that is taken: beyond it nothing changes any more.
  static final int MOST_SCALE = 100;

  /// The largest refresh interval that is taken.
  static final int MOST_INTERVAL = 1000;

  private SamplingNames() {}

  /// The names of a field, its own first.
  static List<String> of(SamplingField<?> field, SamplingKind kind) {
    return Stream.concat(Stream.of(field.name()), others(field, kind).stream()).toList();
  }

  /// Other names of a field.
  static List<String> others(SamplingField<?> field, SamplingKind kind) {
    if (field == SamplingTable.TIMESTEPS) {
      return List.of("num_inference_steps", "steps");
    }
    if (field == SamplingTable.STEPS) {
      return List.of("num_inference_steps", "timesteps");
    }
    if (field == SamplingTable.CFG_SCALE) {
      return kind == SamplingKind.ANSWER
          ? List.of("guidance_scale", "guidance")
          : List.of("guidance_scale");
    }
    return field == SamplingTable.CFG_IMG ? List.of("image_guidance_scale") : List.of();
  }
}
