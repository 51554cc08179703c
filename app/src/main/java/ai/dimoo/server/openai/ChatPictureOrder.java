package ai.dimoo.server.openai;

import ai.dimoo.Edit;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.Task;
import ai.dimoo.server.Refusal;
import java.util.List;

/// Reads a chat that asks for a picture: one from the last message's words, or, where there are
/// pictures, one of those changed.
final class ChatPictureOrder {

  private static final List<String> AREA_TASKS = List.of("inpaint", "outpaint", "retouch");

  private ChatPictureOrder() {}

  /// @throws Refusal if a field is wrong
  static PictureOrder read(Fields chat, Conversation conversation, ServedModel served) {
    Fields fields =
        chat.changed(
            values -> {
              values.remove(List.of("messages", "response_format", "partial_images", "progress"));
              values.put("prompt", conversation.last().text());
            });
    List<Conversation.PictureUrl> urls = conversation.newestPictures();
    PictureOrder order =
        urls.isEmpty()
            ? GenerationOrder.read(fields, served)
            : new PictureOrder(
                List.of(edit(fields, urls, served)), PictureForm.of(fields), fields.toString());
    return new PictureOrder(order.requests(), order.form(), chat.toString());
  }

  private static Edit edit(
      Fields fields, List<Conversation.PictureUrl> urls, ServedModel served) {
    Task task = task(fields, urls.size());
    if (urls.size() != task.family().pictures()) {
      throw Refusal.badRequest(
          "messages",
          "The task %s takes %d picture(s), and the newest message with pictures has %d."
              .formatted(task, task.family().pictures(), urls.size()));
    }
    String prompt = GenerationOrder.prompt(fields, served.limits());
    SamplingFields sampling =
        SamplingFields.of(fields, served.dimoo().defaults().imageToImage(), served.limits());
    PictureUrls reader = new PictureUrls(served.limits());
    List<Picture> pictures =
        urls.stream().map(picture -> reader.read(picture.url(), picture.field())).toList();
    return new Edit(
        task,
        task.family().takesPrompt() ? prompt : "",
        pictures.getFirst(),
        pictures.size() > 1 ? pictures.get(1) : null,
        sampling.forPicture(0));
  }

  private static Task task(Fields fields, int pictures) {
    String name = fields.text("task");
    if (name == null) {
      return Task.named(pictures == 2 ? "image_ref_transfer" : "other");
    }
    if (AREA_TASKS.contains(name)) {
      throw Refusal.badRequest(
          "task", "The task %s needs an area: use /v1/images/edits.".formatted(name));
    }
    return Task.named(name);
  }
}
