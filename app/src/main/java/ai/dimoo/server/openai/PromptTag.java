package ai.dimoo.server.openai;

import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.server.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Settings within a prompt, between `<sd_cpp_extra_args>` and its end, as clients of
/// stable-diffusion.cpp send them. Anybody who may type a prompt can type them: they reach the
/// sampler alone.
final class PromptTag {

  private static final String START = "<sd_cpp_extra_args>";
  private static final String END = "</sd_cpp_extra_args>";

  /// How stable-diffusion.cpp nests its settings, and what they are called here.
  private static final List<List<String>> NESTED =
      List.of(
          List.of("/sample_params/sample_steps", "timesteps"),
          List.of("/sample_params/guidance/txt_cfg", "cfg_scale"),
          List.of("/sample_params/guidance/img_cfg", "cfg_img"),
          List.of("/sample_steps", "timesteps"));

  /// Samplers of diffusion in pixels, which this model has not.
  private static final List<String> OF_OTHERS = List.of("sample_method", "scheduler", "eta");

  private PromptTag() {}

  /// The same fields with those of the tag, which is taken out of the prompt. What stands outside
  /// the tag goes first.
  ///
  /// @throws Refusal if the tag has anything but settings of the sampler
  static Fields read(Fields fields, SamplingKind kind) {
    String prompt =
        fields.node("prompt") instanceof JsonNode n && n.isString() ? n.stringValue() : "";
    int start = prompt.indexOf(START);
    int end = prompt.indexOf(END);
    if (start < 0 || end < start) {
      return fields;
    }
    String json = prompt.substring(start + START.length(), end);
    ObjectNode tag = Fields.object(json.getBytes(StandardCharsets.UTF_8), START);
    flatten(tag);
    refuseOthers(tag, kind);
    String rest = (prompt.substring(0, start) + prompt.substring(end + END.length())).strip();
    return fields.changed(values -> {
      tag.properties().forEach(field -> values.putIfAbsent(field.getKey(), field.getValue()));
      values.put("prompt", rest);
    });
  }

  private static void flatten(ObjectNode tag) {
    for (List<String> names : NESTED) {
      JsonNode value = tag.at(names.getFirst());
      if (!value.isMissingNode()) {
        tag.set(names.getLast(), value);
      }
    }
    tag.remove(List.of("sample_params", "sample_steps"));
    tag.remove(OF_OTHERS);
  }

  private static void refuseOthers(ObjectNode tag, SamplingKind kind) {
    Set<String> known = new LinkedHashSet<>();
    SamplingTable.of(kind).forEach(field -> known.addAll(SamplingNames.of(field, kind)));
    SamplingTable.OF_CACHE.forEach(field -> known.remove(field.name()));
    for (String name : tag.propertyNames()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest(
            "prompt",
            "%s takes settings of the sampler (%s), and it has %s: send that as a field."
                .formatted(START, String.join(", ", known), Fields.shown(name)));
      }
    }
  }
}
