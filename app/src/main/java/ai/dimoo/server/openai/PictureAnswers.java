package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.request.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finished and forming pictures as OpenAI's JSON.
///
/// @param form how the client wants them
/// @param events what the names of events begin with: `image_generation` or `image_edit`
/// @param warnings what of the request had no effect
record PictureAnswers(PictureForm form, String events, Warnings warnings) {

  /// The answer to a request that does not stream.
  ObjectNode all(List<GeneratedPicture> pictures) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("created", Instant.now().getEpochSecond());
    var data = answer.putArray("data");
    for (GeneratedPicture picture : pictures) {
      ObjectNode one = data.addObject();
      EncodedPicture encoded = EncodedPicture.of(picture.picture(), picture.toTexts(), form);
      one.put(form.asUrl() ? "url" : "b64_json", form.asUrl() ? encoded.url() : encoded.base64());
      one.set("dimoo", made(picture));
    }
    answer.put("background", "opaque");
    answer.put("output_format", form.format());
    answer.put("quality", form.quality());
    answer.put("size", pictures.getFirst().picture().size().toString());
    answer.set("usage", usage(pictures));
    warnings.and(notes(pictures)).addTo(answer);
    return answer;
  }

  /// The name of the event of a forming picture.
  String partialName() {
    return events + ".partial_image";
  }

  /// The name of the event of a finished picture.
  String completedName() {
    return events + ".completed";
  }

  /// A forming picture.
  ObjectNode partial(PictureProgress.Stepped step) {
    ObjectNode event = event(partialName());
    EncodedPicture encoded = EncodedPicture.of(step.preview(), Map.of(), form);
    event.put("b64_json", encoded.base64());
    event.put("partial_image_index", step.partial());
    event.put("size", step.preview().size().toString());
    steps(event, step);
    return event;
  }

  /// A finished picture.
  ///
  /// @param index of the request, counted from 0
  ObjectNode completed(int index, GeneratedPicture picture) {
    ObjectNode event = event(completedName());
    event.put("picture", index);
    EncodedPicture encoded = EncodedPicture.of(picture.picture(), picture.toTexts(), form);
    event.put("b64_json", encoded.base64());
    event.put("size", picture.picture().size().toString());
    event.set("usage", usage(List.of(picture)));
    event.set("dimoo", made(picture));
    warnings.and(picture.notes()).addTo(event);
    return event;
  }

  /// A step, for clients that asked to see every one.
  static ObjectNode step(PictureProgress.Stepped step) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("type", "dimoo.progress");
    steps(event, step);
    return event;
  }

  private ObjectNode event(String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("created_at", Instant.now().getEpochSecond())
        .put("background", "opaque")
        .put("output_format", form.format())
        .put("quality", form.quality());
  }

  private static void steps(ObjectNode event, PictureProgress.Stepped step) {
    event.put("picture", step.picture());
    event.put("step", step.step());
    event.put("steps", step.steps());
    event.put("masked", step.masked());
    if (step.tokens() instanceof MaskedTokens(int columns, int rows, String bits)) {
      event.put("columns", columns);
      event.put("rows", rows);
      event.put("masked_tokens", bits);
    }
  }

  /// What is to be said of pictures, sentences for the user.
  static List<String> notes(List<GeneratedPicture> pictures) {
    return pictures.stream().flatMap(picture -> picture.notes().stream()).toList();
  }

  /// The seed and every setting: with them the same request makes the same picture.
  static ObjectNode made(GeneratedPicture picture) {
    Recipe recipe = picture.recipe();
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    made.put("task", recipe.task());
    for (String name : List.of(Recipe.FIT, Recipe.SAMPLED_SIZE)) {
      if (recipe.inputs().get(name) instanceof String said) {
        made.put(name, said);
      }
    }
    SettingsJson.addUsed(made, recipe.settings());
    return made.put("model", recipe.model().name())
        .put("seconds", picture.timings().total().toMillis() / 1000.0);
  }

  /// Tokens: the model's own, one for each patch of a picture.
  static ObjectNode usage(List<GeneratedPicture> pictures) {
    int text = pictures.stream().mapToInt(p -> p.inputTokens().text()).sum();
    int image = pictures.stream().mapToInt(p -> p.inputTokens().image()).sum();
    int output = pictures.stream().mapToInt(p -> p.codes().size()).sum();
    ObjectNode usage = JsonNodeFactory.instance.objectNode();
    usage.put("input_tokens", text + image);
    usage.putObject("input_tokens_details").put("image_tokens", image).put("text_tokens", text);
    usage.put("output_tokens", output);
    usage.put("total_tokens", text + image + output);
    return usage;
  }
}
