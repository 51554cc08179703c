package ai.dimoo.server.openai;

import java.util.List;

/// Reads a chat that asks for a picture: one from the last message's words, or, where there are
/// pictures, an edit of the newest. The other fields are those of `/v1/images/…`, the mask too.
final class ChatPictureOrder {

  private ChatPictureOrder() {}

  /// What the chat brings, as a request to `/v1/images/edits` would.
  ///
  /// @throws ai.dimoo.server.exchange.Refusal if the mask is none
  static EditForm form(Fields chat, ChatMessages messages, PictureUrls urls) {
    Fields fields =
        chat.changed(values -> {
          values.remove(List.of("messages", "response_format", "partial_images", "progress"));
          values.put("prompt", messages.question());
        });
    InputPicture mask = EditJson.mask(fields, urls);
    return new EditForm(fields, messages.pictures(), mask);
  }

  /// @throws ai.dimoo.server.exchange.Refusal if a field is wrong
  static PictureOrder read(EditForm form, ServedModel served) {
    return form.pictures().isEmpty()
        ? GenerationOrder.read(form.fields(), served)
        : EditOrder.read(form, served);
  }
}
