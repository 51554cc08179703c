package ai.dimoo.server.openai;

import ai.dimoo.ModelDefaults;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import io.javalin.http.Context;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/models`: the one model that is served, what it can do, and how it samples where a request
/// does not say.
public final class ModelsApi {

  /// Stands for any view.
  private static final String ANY_VIEW = "multi_view_*";

  private final ServedModel served;

  /// Tells of a model.
  public ModelsApi(ServedModel served) {
    this.served = served;
  }

  /// `GET /v1/models`
  public void list(Context context) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("object", "list");
    answer.putArray("data").add(model());
    context.contentType("application/json").result(answer.toString());
  }

  /// `GET /v1/models/{id}`
  public void one(Context context, String id) {
    if (!id.equals(served.name())) {
      throw Refusal.of(
          404,
          "model_not_found",
          "There is no model of this name; this server has \"%s\".".formatted(served.name()));
    }
    context.contentType("application/json").result(model().toString());
  }

  private ObjectNode model() {
    ObjectNode model =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", served.name())
            .put("object", "model")
            .put("created", served.since().getEpochSecond())
            .put("owned_by", "dimoo");
    model.set("dimoo", details());
    return model;
  }

  private ObjectNode details() {
    ModelDefaults defaults = served.dimoo().defaults();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details
        .put("width", defaults.width())
        .put("height", defaults.height())
        .put("pixels_per_token", served.dimoo().pixelsPerToken());
    SettingsJson.addDefaults(details, defaults.textToImage(), SamplingKind.PICTURE);
    details
        .put("edit_cfg_scale", defaults.imageToImage().cfgScale())
        .put("cfg_img", defaults.imageToImage().cfgImage())
        .put("max_prompt_tokens", defaults.maxPromptTokens());
    SettingsJson.addDefaults(details.putObject("text"), defaults.text());
    tasks(details.putArray("tasks"));
    knowledge(details.putObject("knowledge"));
    limits(details.putObject("limits"), served.limits());
    return details;
  }

  /// What is not limited is empty.
  private void knowledge(ObjectNode to) {
    Knowledge knowledge = served.dimoo().knowledge();
    ArrayNode sizes = to.putArray("sizes");
    knowledge.sizes().forEach(size -> sizes.add(size.toString()));
    ArrayNode languages = to.putArray("languages");
    knowledge.languages().forEach(languages::add);
    ArrayNode things = to.putArray("things");
    knowledge.things().forEach(thing -> things.add(thing.name()));
  }

  private void tasks(ArrayNode tasks) {
    task(tasks, Task.TEXT_TO_IMAGE.name(), Task.Family.TEXT_TO_IMAGE);
    Task.known().forEach(task -> task(tasks, task.name(), task.family()));
    task(tasks, ANY_VIEW, Task.Family.MULTI_VIEW);
    for (String name : new String[] {Inpaint.TASK, Outpaint.TASK, Retouch.TASK}) {
      task(tasks, name, "painting", 1, true);
    }
    task(tasks, Task.UNDERSTANDING.name(), Task.Family.UNDERSTANDING);
  }

  private void task(ArrayNode tasks, String name, Task.Family family) {
    String kind = family.name().toLowerCase(Locale.ROOT);
    task(tasks, name, kind, family.pictures(), family.takesPrompt());
  }

  private void task(
      ArrayNode tasks, String name, String family, int pictures, boolean takesPrompt) {
    tasks
        .addObject()
        .put("name", name)
        .put("family", family)
        .put("pictures", pictures)
        .put("takes_prompt", takesPrompt)
        .put("trained", isTrained(name));
  }

  private boolean isTrained(String task) {
    Knowledge knowledge = served.dimoo().knowledge();
    String view = ANY_VIEW.substring(0, ANY_VIEW.length() - 1);
    return knowledge.includesTask(task)
        || task.equals(ANY_VIEW) && knowledge.tasks().stream().anyMatch(t -> t.startsWith(view));
  }

  private static void limits(ObjectNode to, Limits limits) {
    to.put("body_bytes", limits.bodyBytes())
        .put("prompt_characters", limits.promptCharacters())
        .put("input_pictures", limits.inputPictures())
        .put("input_pixels", limits.inputPixels())
        .put("pictures", limits.pictures())
        .put("output_pixels", limits.outputPixels())
        .put("timesteps", limits.timesteps());
  }
}
