package ai.dimoo.train.bench;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was measured, on what and how.
///
/// @param model a folder or a shape
/// @param layers how many were measured
/// @param wholeLayers how many the model has
/// @param dtype the number format, or both: `int8+float32`
/// @param notice for people, where the processor is slow in this format; null: there is nothing to
///   say
/// @param attention how it is computed on this machine: `fused` or `explicit`
/// @param threads of LibTorch
/// @param tokens length of one sequence
/// @param imageTokens how many of them are image codes, all masked at first
/// @param vocabulary logits of a position
/// @param codebook how many of these are image codes
/// @param withoutCache steps of the measured layers
/// @param withCache the same with the max-logit cache of the published settings
public record BenchResult(
    String model,
    int layers,
    int wholeLayers,
    String device,
    String dtype,
    @Nullable String notice,
    String attention,
    int threads,
    int tokens,
    int imageTokens,
    int vocabulary,
    int codebook,
    int steps,
    int repeats,
    StepTimes withoutCache,
    StepTimes withCache,
    PartTimes parts) {

  /// A forward pass of the whole model.
  public double forward() {
    return parts.forward(wholeLayers);
  }

  /// The same in a step that the cache shortens.
  public double cachedForward() {
    return parts.cachedForward(wholeLayers);
  }

  /// A forward pass of the whole model as the reference computes it.
  public double referenceForward() {
    return parts.referenceForward(wholeLayers);
  }

  /// All of it: seconds, bytes, and ratios of ours to the other way.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model).put("layers", layers).put("whole_layers", wholeLayers);
    json.put("device", device).put("dtype", dtype).put("attention", attention);
    json.put("notice", notice);
    json.put("threads", threads);
    json.put("tokens", tokens).put("image_tokens", imageTokens);
    json.put("vocabulary", vocabulary).put("codebook", codebook);
    json.put("steps", steps).put("repeats", repeats);
    ObjectNode cache = json.putObject("step");
    cache.set("without_cache", toJson(withoutCache));
    cache.set("with_cache", toJson(withCache));
    cache.put("ratio", withCache.secondsPerStep() / withoutCache.secondsPerStep());
    ObjectNode layer = json.putObject("layer");
    layer.put("seconds", parts.layer()).put("other_attention_seconds", parts.otherLayer());
    layer.put("ratio", parts.layer() / parts.otherLayer());
    layer.put("cached_seconds", parts.cachedLayer());
    ObjectNode head = json.putObject("embedding_and_head");
    head.put("seconds", parts.head()).put("reference_seconds", parts.referenceHead());
    head.put("ratio", parts.head() / parts.referenceHead());
    head.put("cached_seconds", parts.cachedHead());
    ObjectNode forward = json.putObject("forward");
    forward.put("extrapolated", layers != wholeLayers);
    forward.put("seconds", forward()).put("reference_seconds", referenceForward());
    forward.put("ratio", forward() / referenceForward());
    forward.put("cached_seconds", cachedForward());
    return json;
  }

  private static ObjectNode toJson(StepTimes step) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("seconds", step.secondsPerStep()).put("tokens_per_second", step.tokensPerSecond());
    @Nullable Long peak = step.peakBytes();
    return json.put("peak_memory_bytes", peak);
  }
}
