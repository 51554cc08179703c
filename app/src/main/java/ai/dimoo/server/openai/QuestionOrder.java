package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.AnswerStep;
import ai.dimoo.Ask;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.TextSampling;
import ai.dimoo.diffusion.Remasking;
import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.image.Picture;
import ai.dimoo.server.exchange.Refusal;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
    TextSampling sampling = sampling(fields, served.dimoo().defaults().text());
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

  private static TextSampling sampling(Fields fields, TextSamplerSettings defaults) {
    Integer block = fields.integer(1, defaults.genLength(), "block_length");
    Integer length = fields.integer(1, defaults.genLength(), "gen_length");
    if (length == null) {
      length = lengthFor(fields, block, defaults);
    }
    Integer steps =
        fields.integer(1, defaults.genLength(), "steps", "num_inference_steps", "timesteps");
    Double temperature = fields.number(MOST_SCALE, "temperature");
    Double guidance = fields.number(MOST_SCALE, "guidance_scale", "cfg_scale", "guidance");
    Long seed = fields.integer(Long.MIN_VALUE, Long.MAX_VALUE, "seed");
    check(steps, length, block, defaults);
    return new TextSampling(
        steps,
        length,
        block,
        temperature,
        guidance,
        null,
        seed == null ? RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE) : seed,
        SamplingFields.cache(fields));
  }

  /// The tokens that the client takes, in whole blocks; null: it did not say.
  private static @Nullable Integer lengthFor(
      Fields fields, @Nullable Integer block, TextSamplerSettings defaults) {
    Integer most = fields.integer(1, Integer.MAX_VALUE, "max_completion_tokens", "max_tokens");
    if (most == null) {
      return null;
    }
    int unit = block == null ? Math.min(defaults.blockLength(), defaults.genLength()) : block;
    int blocks = Math.ceilDiv(Math.min(most, defaults.genLength()), unit);
    return Math.min(blocks, defaults.genLength() / unit) * unit;
  }

  /// Here already, so that a request is refused before it waits.
  private static void check(
      @Nullable Integer steps,
      @Nullable Integer length,
      @Nullable Integer block,
      TextSamplerSettings defaults) {
    int tokens = length == null ? defaults.genLength() : length;
    int unit = block == null ? Math.min(defaults.blockLength(), tokens) : block;
    int atLeast = Math.max(1, tokens / unit);
    Refusal.naming(
        tokens % unit == 0 ? "steps" : "gen_length",
        () ->
            new TextSamplerSettings(
                steps == null ? atLeast : steps,
                tokens,
                unit,
                0,
                0,
                Remasking.LOW_CONFIDENCE,
                0,
                true,
                null));
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
