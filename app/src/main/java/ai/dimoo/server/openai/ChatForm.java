package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import tools.jackson.databind.JsonNode;

/// How a client wants the answer of a chat.
///
/// @param stream in pieces
/// @param usage whether the last piece of a stream counts the tokens
/// @param picture whether a picture is wanted, not words
record ChatForm(boolean stream, boolean usage, boolean picture) {

  /// @throws Refusal if something is asked for that this model cannot do
  static ChatForm of(Fields fields) {
    Integer n = fields.integer(1, Integer.MAX_VALUE, "n");
    if (n != null && n > 1) {
      throw Refusal.badRequest(
          "n",
          "n is %d; a request gets one answer: send several, each with another seed.".formatted(n));
    }
    refuseTools(fields, "tools");
    refuseTools(fields, "functions");
    JsonNode format = fields.node("response_format");
    if (format != null && !format.path("type").asString("").equals("text")) {
      throw Refusal.badRequest(
          "response_format", "This model answers in plain text only: leave response_format out.");
    }
    if (Boolean.TRUE.equals(fields.flag("logprobs"))) {
      throw Refusal.badRequest("logprobs", "Probabilities are not given: leave logprobs out.");
    }
    JsonNode options = fields.node("stream_options");
    return new ChatForm(
        Boolean.TRUE.equals(fields.flag("stream")),
        options != null && options.path("include_usage").asBoolean(false),
        wantsPicture(fields));
  }

  private static void refuseTools(Fields fields, String name) {
    if (!fields.list(name).isEmpty()) {
      throw Refusal.badRequest(name, "This model calls no tools: leave %s out.".formatted(name));
    }
  }

  private static boolean wantsPicture(Fields fields) {
    boolean picture = false;
    for (JsonNode modality : fields.list("modalities")) {
      switch (modality.asString("")) {
        case "text" -> {}
        case "image" -> picture = true;
        default ->
            throw Refusal.badRequest(
                "modalities", "A modality must be text or image; this model has no others.");
      }
    }
    return picture;
  }
}
