package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How a client wants the answer of a chat.
///
/// @param stream in pieces
/// @param progress whether a stream tells its place in the queue
/// @param usage whether the last piece of a stream counts the tokens
/// @param picture whether a picture is wanted, not words
/// @param stops an answer in words ends before the first of these
record ChatForm(boolean stream, boolean progress, boolean usage, boolean picture, StopTexts stops) {

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
    Fields options = fields.within("stream_options");
    boolean usage = Boolean.TRUE.equals(options.flag("include_usage"));
    options.requireAllRead(List.of("include_obfuscation"), "stream_options.");
    return new ChatForm(
        Boolean.TRUE.equals(fields.flag("stream")),
        Boolean.TRUE.equals(fields.flag("progress")),
        usage,
        wantsPicture(fields),
        stops(fields));
  }

  /// Where an answer is cut: a text or several.
  private static StopTexts stops(Fields fields) {
    JsonNode stop = fields.node("stop");
    if (stop == null) {
      return new StopTexts(List.of());
    }
    List<String> stops = new ArrayList<>();
    for (JsonNode one : stop.isArray() ? fields.list("stop") : List.of(stop)) {
      if (!one.isString() || one.stringValue().isEmpty()) {
        throw Refusal.badRequest("stop", "stop has to be a text, or a list of texts.");
      }
      stops.add(one.stringValue());
    }
    return new StopTexts(stops);
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
                "modalities",
                "modalities has %s; a modality must be text or image, this model has no others."
                    .formatted(Fields.shown(modality)));
      }
    }
    return picture;
  }
}
