package ai.dimoo.server.openai;

import java.util.List;
import java.util.stream.Stream;

/// Reads a chat that asks for a picture: one from the last message's words, or, where there are
/// pictures, an edit of the newest. The other fields are those of `/v1/images/…`, the mask too.
final class ChatPictureOrder {

  private static final List<String> ONLY_OF_IMAGES = List.of("partial_images", "progress");

  /// What OpenAI's clients send with every chat.
  private static final List<String> ONLY_OF_WORDS =
      Stream.concat(
              Warnings.CHAT_FIELDS.stream().filter(name -> !name.equals("model")),
              Stream.of("stop", "max_tokens", "max_completion_tokens"))
          .toList();

  private ChatPictureOrder() {}

  /// What the chat brings, as a request to `/v1/images/edits` would.
  ///
  /// @throws ai.dimoo.server.exchange.Refusal if the mask is none
  static EditForm form(Fields chat, ChatMessages messages, PictureUrls urls) {
    Fields fields =
        chat.changed(values -> {
          values.remove(List.of("messages", "response_format"));
          values.remove(ONLY_OF_IMAGES);
          values.remove(ONLY_OF_WORDS);
          values.put("prompt", messages.question());
        });
    InputPicture mask = EditJson.mask(fields, urls);
    return new EditForm(fields, messages.pictures(), mask);
  }

  /// @throws ai.dimoo.server.exchange.Refusal if a field is wrong
  static PictureOrder read(Fields chat, ChatMessages messages, EditForm form, ServedModel served) {
    List<String> ignored =
        Stream.concat(ONLY_OF_IMAGES.stream(), ONLY_OF_WORDS.stream())
            .filter(name -> chat.node(name) != null)
            .toList();
    PictureOrder order =
        form.pictures().isEmpty()
            ? GenerationOrder.read(form.fields(), served)
            : EditOrder.read(form, served);
    return new PictureOrder(
        order.requests(),
        order.form(),
        order.key(),
        Warnings.ofFields(ignored).and(messages.conversation().notes()).and(order.warnings()));
  }
}
