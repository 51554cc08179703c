package ai.dimoo.server.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a request had no effect, or another than its sender may think: told in the answer.
/// Immutable.
///
/// @param texts a sentence each
record Warnings(List<String> texts) {

  /// Fields of OpenAI's requests for pictures that mean nothing here. `model` may be any name.
  static final List<String> PICTURE_FIELDS =
      List.of(
          "model",
          "user",
          "style",
          "moderation",
          "input_fidelity",
          "safety_identifier",
          "metadata",
          "store");

  /// Fields of OpenAI's requests for chats that mean nothing here.
  static final List<String> CHAT_FIELDS =
      List.of(
          "model",
          "user",
          "top_p",
          "frequency_penalty",
          "presence_penalty",
          "logit_bias",
          "top_logprobs",
          "parallel_tool_calls",
          "tool_choice",
          "function_call",
          "reasoning_effort",
          "verbosity",
          "prediction",
          "service_tier",
          "store",
          "metadata",
          "safety_identifier",
          "prompt_cache_key",
          "web_search_options",
          "audio");

  Warnings {
    texts = List.copyOf(texts);
  }

  /// Of fields that have no effect; `model` needs no words.
  static Warnings ofFields(List<String> names) {
    return new Warnings(
        names.stream()
            .filter(name -> !name.equals("model"))
            .map(name -> name + " has no effect here.")
            .toList());
  }

  /// These and those.
  Warnings and(Warnings those) {
    return and(those.texts);
  }

  /// These and other sentences.
  Warnings and(List<String> others) {
    return new Warnings(Stream.concat(texts.stream(), others.stream()).distinct().toList());
  }

  /// Puts them into an answer, if there are any.
  void addTo(ObjectNode answer) {
    if (!texts.isEmpty()) {
      ArrayNode list = answer.putArray("warnings");
      new ArrayList<>(texts).forEach(list::add);
    }
  }
}
