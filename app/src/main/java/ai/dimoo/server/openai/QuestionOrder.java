package ai.dimoo.server.openai;

import ai.dimoo.ModelDefaults;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.Sampling;
import ai.dimoo.server.exchange.Refusal;
import java.util.List;

/// A question of a chat, with its pictures.
///
/// @param request for the library, its seed drawn
/// @param stream whether the answer is watched as it forms
/// @param warnings what had no effect
record QuestionOrder(Ask request, boolean stream, Warnings warnings) {

  /// @throws Refusal if there is no picture, or a field is out of range
  static QuestionOrder read(
      Fields fields, ChatMessages messages, boolean stream, ServedModel served) {
    List<InputPicture> inputs = messages.pictures();
    if (inputs.isEmpty()) {
      throw Refusal.badRequest(
          "messages",
          "no_picture",
          "This model answers questions about pictures, and there is none: add a part"
              + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"data:image/png;base64,…\"}}"
              + " to a message, or ask for a picture with \"modalities\": [\"image\"].");
    }
    boolean oneToken = Boolean.TRUE.equals(fields.flag("one_token"));
    Sampling sampling = sampling(fields, oneToken, served.dimoo().defaults());
    String question =
        Refusal.naming("messages", () -> served.dimoo().question(messages.conversation()));
    Warnings warnings = Warnings.ofFields(fields.requireAllRead(Warnings.CHAT_FIELDS, ""));
    List<Picture> pictures = inputs.stream().map(input -> input.picture(served.limits())).toList();
    Ask request = new Ask(question, pictures, oneToken, sampling);
    List<String> notes = Refusal.naming("messages", () -> served.dimoo().notes(request));
    return new QuestionOrder(
        request, stream, warnings.and(messages.conversation().notes()).and(notes));
  }

  private static Sampling sampling(Fields fields, boolean oneToken, ModelDefaults defaults) {
    TextSamplerSettings usual = defaults.text();
    Sampling asked = SamplingFields.ofAnswer(fields, usual);
    Integer most = fields.integer(1, Integer.MAX_VALUE, "max_completion_tokens", "max_tokens");
    return Refusal.naming(
        "gen_length",
        () -> {
          Sampling sampling = most == null || oneToken ? asked : asked.atMost(most, usual);
          defaults.text(sampling); // here already, so that a request is refused before it waits
          return sampling;
        });
  }

  /// What a model has to do.
  AnswerJob job(ServedModel served) {
    return new AnswerJob(served, request, stream);
  }
}
