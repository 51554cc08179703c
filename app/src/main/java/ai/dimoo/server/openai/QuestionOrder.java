package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.AnswerStep;
import ai.dimoo.ModelDefaults;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.image.Picture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.TextSampling;
import ai.dimoo.server.exchange.Refusal;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A question of a chat, with its pictures.
///
/// @param request for the library, its seed drawn
/// @param stream whether the answer is watched as it forms
record QuestionOrder(Ask request, boolean stream) {

  private static final double MOST_SCALE = 100;

  /// @throws Refusal if there is no picture, or a field is out of range
  static QuestionOrder read(
      Fields fields, Conversation conversation, boolean stream, ServedModel served) {
    List<InputPicture> inputs = conversation.newestPictures();
    if (inputs.isEmpty()) {
      throw Refusal.badRequest(
          "messages",
          "This model answers questions about pictures, and there is none: add a part"
              + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"data:image/png;base64,…\"}}"
              + " to a message, or ask for a picture with \"modalities\": [\"image\"].");
    }
    TextSampling sampling = sampling(fields, served.dimoo().defaults());
    String question =
        Refusal.naming(
            "messages",
            () ->
                served
                    .dimoo()
                    .question(
                        conversation.system(),
                        conversation.texts(served.limits().promptCharacters())));
    List<Picture> pictures = inputs.stream().map(input -> input.picture(served.limits())).toList();
    boolean oneToken = Boolean.TRUE.equals(fields.flag("one_token"));
    return new QuestionOrder(new Ask(question, pictures, oneToken, sampling), stream);
  }

  private static TextSampling sampling(Fields fields, ModelDefaults defaults) {
    TextSamplerSettings usual = defaults.text();
    Integer block = fields.integer(1, usual.genLength(), "block_length");
    Integer length = fields.integer(1, usual.genLength(), "gen_length");
    Integer most = fields.integer(1, Integer.MAX_VALUE, "max_completion_tokens", "max_tokens");
    Integer steps =
        fields.integer(1, usual.genLength(), "steps", "num_inference_steps", "timesteps");
    Double temperature = fields.number(MOST_SCALE, "temperature");
    Double guidance = fields.number(MOST_SCALE, "guidance_scale", "cfg_scale", "guidance");
    Remasking remasking = SamplingFields.remasking(fields);
    long seed = SamplingFields.seed(fields);
    CacheSettings cache = SamplingFields.cache(fields);
    int room = length == null ? usual.genLength() : length;
    int unit = block == null ? Math.min(usual.blockLength(), room) : block;
    return Refusal.naming(
        room % unit == 0 ? "steps" : "gen_length",
        () -> {
          TextSampling asked =
              new TextSampling(steps, length, block, temperature, guidance, remasking, seed, cache);
          TextSampling sampling = most == null ? asked : asked.atMost(most, usual);
          sampling.resolve(usual); // here already, so that a request is refused before it waits
          return sampling;
        });
  }

  /// Answers it, on the queue's thread.
  ///
  /// @param progress takes the beginning of the answer after each step, if it is watched
  Answer make(ServedModel served, Consumer<String> progress, BooleanSupplier cancelled) {
    return served.ask(
        request,
        new ProgressListener() {
          @Override
          public void onStep(Step step) {
            if (stream && step instanceof AnswerStep answer) {
              progress.accept(answer.settledText());
            }
          }

          @Override
          public boolean cancelled() {
            return cancelled.getAsBoolean();
          }
        });
  }
}
