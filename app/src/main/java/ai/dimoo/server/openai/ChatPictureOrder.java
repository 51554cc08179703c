package ai.dimoo.server.openai;

import java.util.List;

/// Reads a chat that asks for a picture: one from the last message's words, or, where there are
/// pictures, an edit of the newest. The other fields are those of `/v1/images/…`.
final class ChatPictureOrder {

  private ChatPictureOrder() {}

  /// @throws ai.dimoo.server.Refusal if a field is wrong
  static PictureOrder read(Fields chat, Conversation conversation, ServedModel served) {
    Fields fields =
        chat.changed(values -> {
          values.remove(List.of("messages", "response_format", "partial_images", "progress"));
          values.put("prompt", conversation.last().text());
        });
    List<InputPicture> pictures = conversation.newestPictures();
    return pictures.isEmpty()
        ? GenerationOrder.read(fields, served)
        : EditOrder.read(new EditForm(fields, pictures, null), served);
  }
}
