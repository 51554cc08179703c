package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads the contents of a conversation's messages: a string each, or parts of text and pictures.
/// More pictures than a request may bring are refused.
final class MessageParts {

  private final Limits limits;
  private int pictureCount;

  MessageParts(Limits limits) {
    this.limits = limits;
  }

  /// @param name of the message, for messages to the client
  Read read(JsonNode message, String name) {
    if (!message.isObject()) {
      throw Refusal.badRequest(name, "A message must be an object with role and content.");
    }
    Read turn = new Read(new ArrayList<>(), new ArrayList<>());
    content(message.path("content"), name + ".content", turn);
    // answers with pictures, sent back as they came, may have them in both places
    if (turn.pictures().isEmpty()) {
      list(message.path("images"), name + ".images", turn);
    }
    return turn;
  }

  /// A picture that a message names.
  ///
  /// @param field the field that holds the URL
  record NamedPicture(String field, String url) {}

  /// What a message holds.
  ///
  /// @param texts its parts of text
  /// @param pictures in their order
  record Read(List<String> texts, List<NamedPicture> pictures) {

    /// The parts of text, one a line.
    String text() {
      return String.join("\n", texts);
    }
  }

  private void content(JsonNode content, String name, Read turn) {
    if (content.isString()) {
      turn.texts().add(content.stringValue());
    } else if (content.isArray()) {
      list(content, name, turn);
    } else if (!content.isNull() && !content.isMissingNode()) {
      throw Refusal.badRequest(name, "The content must be a string or a list of parts.");
    }
  }

  private void list(JsonNode parts, String name, Read turn) {
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), "%s[%d]".formatted(name, i), turn);
    }
  }

  private void part(JsonNode part, String name, Read turn) {
    switch (part.path("type").asString("")) {
      case "text" -> {
        if (!part.path("text").isString()) {
          throw Refusal.badRequest(name + ".text", "A part of type text needs a text.");
        }
        turn.texts().add(part.path("text").stringValue());
      }
      case "image_url" -> turn.pictures().add(picture(part.path("image_url"), name + ".image_url"));
      case "refusal" -> {} // of an earlier answer
      default ->
          throw Refusal.badRequest(
              name + ".type",
              "%s.type is %s; the type of a part must be text or image_url, others are not read."
                  .formatted(name, Fields.shown(part.path("type"))));
    }
  }

  private NamedPicture picture(JsonNode image, String name) {
    limits.requireInputPictures("messages", ++pictureCount);
    JsonNode url = image.isString() ? image : image.path("url"); // some clients send it plain
    if (!url.isString()) {
      throw Refusal.badRequest(
          name, "A part of type image_url needs {\"url\": \"data:image/png;base64,…\"}.");
    }
    return new NamedPicture(name + ".url", url.stringValue());
  }
}
