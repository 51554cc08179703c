package ai.dimoo.server.openai;

import ai.dimoo.request.Conversation;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.openai.MessageParts.NamedPicture;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The messages of a chat. Immutable.
///
/// @param conversation what was said, pictures by their URLs
/// @param pictures those that the question is about, fetched
record ChatMessages(Conversation<NamedPicture> conversation, List<InputPicture> pictures) {

  /// @throws Refusal if the last message is not a user's, or one is malformed
  static ChatMessages of(Fields fields, Limits limits, PictureUrls urls) {
    MessageParts parts = new MessageParts(limits);
    Conversation.Builder<NamedPicture> said = Conversation.builder();
    List<JsonNode> messages = fields.list("messages");
    for (int i = 0; i < messages.size(); i++) {
      String name = "messages[%d]".formatted(i);
      MessageParts.Read message = parts.read(messages.get(i), name);
      switch (messages.get(i).path("role").asString("")) {
        case "system", "developer" -> said.system(message.text());
        case "assistant" -> said.assistant(message.text(), message.pictures());
        case "user" -> said.user(message.text(), message.pictures());
        default ->
            throw Refusal.badRequest(
                name + ".role",
                "%s.role is %s; the role of a message must be system, user or assistant."
                    .formatted(name, Fields.shown(messages.get(i).path("role"))));
      }
    }
    Conversation<NamedPicture> conversation = Refusal.naming("messages", said::build);
    check(conversation, limits);
    List<InputPicture> pictures =
        conversation.pictures().stream()
            .map(picture -> urls.get(picture.field(), picture.url()))
            .toList();
    return new ChatMessages(conversation, pictures);
  }

  private static void check(Conversation<?> conversation, Limits limits) {
    String question = conversation.question().text();
    if (question.isBlank()) {
      throw Refusal.badRequest(
          "messages", "The last message of the user has no text: say what is wanted.");
    }
    if (question.length() > limits.promptCharacters()) {
      throw Refusal.badRequest(
          "messages",
          "The last message of the user has %d characters; at most %d are taken."
              .formatted(question.length(), limits.promptCharacters()));
    }
  }

  /// What is asked.
  String question() {
    return conversation.question().text();
  }
}
