package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.GeneratedPicture;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Answers of a chat as OpenAI's JSON.
///
/// @param id of the answer, the same in all its pieces
/// @param created in seconds since 1970
/// @param model what clients call it
/// @param fingerprint of its weights
/// @param warnings what of the request had no effect
record ChatAnswers(String id, long created, String model, String fingerprint, Warnings warnings) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static ChatAnswers of(ServedModel served, Warnings warnings) {
    return new ChatAnswers(
        "chatcmpl-" + UUID.randomUUID().toString().replace("-", ""),
        Instant.now().getEpochSecond(),
        served.name(),
        served.dimoo().model().fingerprint(),
        warnings);
  }

  /// An answer in words, whole.
  ObjectNode whole(Answer answer, StopTexts stops) {
    return whole(
        JSON.stringNode(stops.cut(answer.text())),
        null,
        end(answer, stops),
        usage(answer),
        made(answer),
        answer.notes());
  }

  /// A picture as the answer, whole.
  ObjectNode whole(GeneratedPicture picture, EncodedPicture encoded) {
    return whole(
        pictures(encoded),
        pictures(encoded),
        "stop",
        usage(picture),
        PictureAnswers.made(picture),
        picture.notes());
  }

  private ObjectNode whole(
      JsonNode content,
      @Nullable ArrayNode images,
      String end,
      ObjectNode usage,
      ObjectNode made,
      List<String> notes) {
    ObjectNode answer = object("chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.set("content", content);
    message.putNull("refusal");
    if (images != null) {
      message.set("images", images);
    }
    choice.putNull("logprobs").put("finish_reason", end);
    answer.set("usage", usage);
    answer.set("dimoo", made);
    warnings.and(notes).addTo(answer);
    return answer;
  }

  /// The first piece.
  ObjectNode role() {
    return piece(JSON.objectNode().put("role", "assistant").put("content", ""), null);
  }

  /// A piece of text.
  ObjectNode text(String text) {
    return piece(JSON.objectNode().put("content", text), null);
  }

  /// A picture.
  ObjectNode picture(EncodedPicture encoded) {
    ObjectNode delta = JSON.objectNode();
    delta.set("images", pictures(encoded));
    return piece(delta, null);
  }

  /// The last piece that has a choice.
  ///
  /// @param made how to get it again
  /// @param notes of the result
  ObjectNode end(String reason, ObjectNode made, List<String> notes) {
    ObjectNode piece = piece(JSON.objectNode(), reason);
    piece.set("dimoo", made);
    warnings.and(notes).addTo(piece);
    return piece;
  }

  /// The piece that counts tokens.
  ObjectNode counted(ObjectNode usage) {
    ObjectNode piece = object("chat.completion.chunk");
    piece.putArray("choices");
    piece.set("usage", usage);
    return piece;
  }

  private ObjectNode piece(ObjectNode delta, @Nullable String end) {
    ObjectNode piece = object("chat.completion.chunk");
    ObjectNode choice = piece.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs").put("finish_reason", end);
    return piece;
  }

  private ObjectNode object(String name) {
    return JSON.objectNode()
        .put("id", id)
        .put("object", name)
        .put("created", created)
        .put("model", model)
        .put("system_fingerprint", fingerprint);
  }

  private static ArrayNode pictures(EncodedPicture encoded) {
    ArrayNode parts = JSON.arrayNode();
    parts.addObject().put("type", "image_url").putObject("image_url").put("url", encoded.url());
    return parts;
  }

  /// `stop`, or `length` where the answer fills its room without an end.
  static String end(Answer answer, StopTexts stops) {
    int room = answer.settings().genLength();
    boolean full = room > 1 && answer.tokens().length == room;
    return full && !stops.ends(answer.text()) ? "length" : "stop";
  }

  static ObjectNode usage(Answer answer) {
    return usage(answer.promptTokens(), answer.tokens().length);
  }

  static ObjectNode usage(GeneratedPicture picture) {
    return usage(picture.inputTokens().total(), picture.codes().size());
  }

  private static ObjectNode usage(int prompt, int completion) {
    return JSON.objectNode()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  /// The seed and every setting: with them the same request gives the same answer.
  static ObjectNode made(Answer answer) {
    ObjectNode made = JSON.objectNode();
    made.put("task", "understanding");
    SettingsJson.addUsed(made, answer.settings());
    return made.put("model", answer.model().name())
        .put("seconds", answer.timings().total().toMillis() / 1000.0);
  }
}
