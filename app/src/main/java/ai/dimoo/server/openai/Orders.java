package ai.dimoo.server.openai;

import ai.dimoo.Answer;
import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.job.JobRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Orders of clients that speak another protocol: they are read from the fields of `/v1/…`, so that
/// the same is taken and refused everywhere.
public final class Orders {

  /// Fields that say how an answer is sent.
  private static final List<String> OF_ANSWERS =
      List.of("stream", "partial_images", "progress", "response_format", "output_compression");

  private Orders() {}

  /// Pictures to make.
  ///
  /// @param requests one a picture, each with its seed
  /// @param key the same for the same order
  /// @param warnings what had no effect, or another than the client may think; a sentence each
  public record Pictures(List<ImageRequest> requests, String key, List<String> warnings) {

    /// What a model has to do; it tells of every step.
    public JobRequest<PictureProgress, List<GeneratedPicture>> job(ServedModel served) {
      return new PictureJob(served, requests, ShownSteps.COUNTED);
    }

    /// All that is to be said once these are made of it.
    public List<String> warnings(List<GeneratedPicture> made) {
      return new Warnings(warnings).and(PictureAnswers.notes(made)).texts();
    }
  }

  /// A question to answer.
  ///
  /// @param request its seed drawn
  /// @param warnings what had no effect, or another than the client may think; a sentence each
  public record Question(Ask request, List<String> warnings) {

    /// What a model has to do; it tells of every step.
    public JobRequest<AnswerProgress, Answer> job(ServedModel served) {
      return new AnswerJob(served, request, true);
    }

    /// All that is to be said with this answer.
    public List<String> warnings(Answer answer) {
      return new Warnings(warnings).and(answer.notes()).texts();
    }
  }

  /// Pictures from words, to be written into files.
  ///
  /// @param requests one a picture, each with its seed
  /// @param seeded whether the order said which seed; else it was drawn
  /// @param warnings what had no effect, or another than the sender may think; a sentence each
  public record Files(List<ImageRequest> requests, boolean seeded, List<String> warnings) {}

  /// An object that holds an order.
  ///
  /// @param name what messages call it
  /// @throws Refusal if it is none
  public static ObjectNode object(byte[] json, String name) {
    return Fields.object(json, name);
  }

  /// Pictures from words, to be written into files by a program of this machine's user.
  ///
  /// @param fields those of `/v1/images/generations`
  /// @param usual what holds where they do not say
  /// @throws Refusal if one is wrong
  public static Files files(ObjectNode fields, UsualFields usual, Dimoo dimoo, Limits limits) {
    Fields all = usual.under(Fields.of(fields));
    all.word("output_format", List.of("png")); // refuses every other
    Long seed = all.integer(-1L, Long.MAX_VALUE, SamplingTable.SEED.name());
    PictureOrder order = GenerationOrder.read(all, all.toString(), dimoo, limits);
    List<String> idle = OF_ANSWERS.stream().filter(name -> all.node(name) != null).toList();
    return new Files(
        order.requests(),
        seed != null && seed >= 0,
        order.warnings().and(Warnings.ofFields(idle)).texts());
  }

  /// Pictures from words.
  ///
  /// @param fields those of `/v1/images/generations`
  /// @throws Refusal if one is wrong
  public static Pictures generation(ObjectNode fields, ServedModel served) {
    return pictures(GenerationOrder.read(Fields.of(fields), served));
  }

  /// Pictures from pictures.
  ///
  /// @param fields those of `/v1/images/edits`, but the pictures
  /// @param mask null: none
  /// @throws Refusal if one is wrong
  public static Pictures edit(
      ObjectNode fields,
      List<InputPicture> images,
      @Nullable InputPicture mask,
      ServedModel served) {
    return pictures(EditOrder.read(new EditForm(Fields.of(fields), images, mask), served));
  }

  private static Pictures pictures(PictureOrder order) {
    return new Pictures(order.requests(), order.key(), order.warnings().texts());
  }

  /// A question about pictures.
  ///
  /// @param fields those of `/v1/chat/completions`
  /// @throws Refusal if one is wrong
  public static Question question(ObjectNode fields, ServedModel served) {
    Fields all = Fields.of(fields);
    ChatMessages messages = ChatMessages.of(all, served.limits(), served.pictureUrls());
    QuestionOrder order = QuestionOrder.read(all, messages, false, served);
    return new Question(order.request(), order.warnings().texts());
  }

  /// Describes the settings of what is sampled, each under its own name, as JSON Schema.
  public static void describeSettings(ObjectNode properties, SamplingKind kind) {
    SamplingSchemas.addSettings(properties, kind);
  }

  /// The seed and every setting: with them the same request makes the same picture.
  public static ObjectNode made(GeneratedPicture picture) {
    return PictureAnswers.made(picture);
  }

  /// Refuses fields that there are not.
  ///
  /// @param known the fields that there are
  /// @throws Refusal that names the nearest known one
  public static void requireKnown(ObjectNode fields, List<String> known) {
    Fields all = Fields.of(JsonNodeFactory.instance.objectNode().setAll(fields));
    all.readElsewhere(known.toArray(String[]::new));
    all.requireAllRead(List.of(), "");
  }
}
