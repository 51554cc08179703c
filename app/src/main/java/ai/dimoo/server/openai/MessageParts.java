package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.openai.Conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads the content of a message: a string, or parts of text and pictures.
final class MessageParts {

  private final List<String> texts = new ArrayList<>();
  private final List<InputPicture> pictures = new ArrayList<>();

  private MessageParts() {}

  /// @param name of the message, for messages to the client
  static Turn read(JsonNode message, String name) {
    if (!message.isObject()) {
      throw Refusal.badRequest(name, "A message must be an object with role and content.");
    }
    MessageParts parts = new MessageParts();
    parts.content(message.path("content"), name + ".content");
    // answers with pictures, sent back as they came, may have them in both places
    if (parts.pictures.isEmpty()) {
      parts.list(message.path("images"), name + ".images");
    }
    return new Turn(String.join("\n", parts.texts), List.copyOf(parts.pictures));
  }

  private void content(JsonNode content, String name) {
    if (content.isString()) {
      texts.add(content.stringValue());
    } else if (content.isArray()) {
      list(content, name);
    } else if (!content.isNull() && !content.isMissingNode()) {
      throw Refusal.badRequest(name, "The content must be a string or a list of parts.");
    }
  }

  private void list(JsonNode parts, String name) {
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), "%s[%d]".formatted(name, i));
    }
  }

  private void part(JsonNode part, String name) {
    switch (part.path("type").asString("")) {
      case "text" -> {
        if (!part.path("text").isString()) {
          throw Refusal.badRequest(name + ".text", "A part of type text needs a text.");
        }
        texts.add(part.path("text").stringValue());
      }
      case "image_url" -> picture(part.path("image_url"), name + ".image_url");
      case "refusal" -> {} // of an earlier answer
      default ->
          throw Refusal.badRequest(
              name + ".type", "The type of a part must be text or image_url; others are not read.");
    }
  }

  private void picture(JsonNode image, String name) {
    JsonNode url = image.isString() ? image : image.path("url"); // some clients send it plain
    if (!url.isString()) {
      throw Refusal.badRequest(
          name, "A part of type image_url needs {\"url\": \"data:image/png;base64,…\"}.");
    }
    pictures.add(InputPicture.ofText(name + ".url", url.stringValue()));
  }
}
