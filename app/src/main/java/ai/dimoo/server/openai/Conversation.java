package ai.dimoo.server.openai;

import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The messages of a chat. Immutable.
///
/// @param system what the model is to be, in the order of the messages
/// @param turns the messages of user and assistant up to the last one of the user's, which is what
///   is asked
/// @param newestPictures those of the newest message that has any
record Conversation(List<String> system, List<Turn> turns, List<InputPicture> newestPictures) {

  /// A picture that a message names.
  ///
  /// @param field the field that holds the URL
  record NamedPicture(String field, String url) {}

  /// A message.
  ///
  /// @param texts its parts of text
  /// @param pictures in their order
  record Turn(List<String> texts, List<NamedPicture> pictures) {

    /// The parts of text, one a line.
    String text() {
      return String.join("\n", texts);
    }
  }

  /// @throws Refusal if there is no message of a user, or one is malformed
  static Conversation of(Fields fields, Limits limits, PictureUrls urls) {
    MessageParts parts = new MessageParts(limits);
    List<String> system = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    int asked = 0;
    List<JsonNode> messages = fields.list("messages");
    for (int i = 0; i < messages.size(); i++) {
      String name = "messages[%d]".formatted(i);
      Turn turn = parts.read(messages.get(i), name);
      switch (messages.get(i).path("role").asString("")) {
        case "system", "developer" -> system.add(turn.text());
        case "assistant" -> turns.add(turn);
        case "user" -> {
          turns.add(turn);
          asked = turns.size();
        }
        default ->
            throw Refusal.badRequest(
                name + ".role", "The role of a message must be system, user or assistant.");
      }
    }
    if (asked == 0) {
      throw Refusal.badRequest(
          "messages", "There is no message of a user: send one with the role user.");
    }
    List<Turn> upToQuestion = turns.subList(0, asked);
    Conversation conversation =
        new Conversation(system, upToQuestion, newestPictures(upToQuestion, urls));
    conversation.check(limits);
    return conversation;
  }

  private void check(Limits limits) {
    int characters = last().text().length() + system.stream().mapToInt(String::length).sum();
    if (last().text().isBlank()) {
      throw Refusal.badRequest(
          "messages", "The last message of the user has no text: say what is wanted.");
    }
    if (characters > limits.promptCharacters()) {
      throw Refusal.badRequest(
          "messages",
          "The last message and the system's have %d characters; at most %d are taken."
              .formatted(characters, limits.promptCharacters()));
    }
  }

  /// What is asked.
  Turn last() {
    return turns.getLast();
  }

  /// Gets only what is looked at.
  private static List<InputPicture> newestPictures(List<Turn> turns, PictureUrls urls) {
    return turns.reversed().stream()
        .map(Turn::pictures)
        .filter(pictures -> !pictures.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream()
        .map(picture -> urls.get(picture.field(), picture.url()))
        .toList();
  }

  /// What was said, the newest turns that have so many characters together, and the question
  /// anyway.
  List<String> texts(int most) {
    List<String> texts = new ArrayList<>();
    int characters = 0;
    for (Turn turn : turns.reversed()) {
      characters += turn.text().length();
      if (!texts.isEmpty() && characters > most) {
        break;
      }
      texts.addFirst(turn.text());
    }
    return texts;
  }
}
