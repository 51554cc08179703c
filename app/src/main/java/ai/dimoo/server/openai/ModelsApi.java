package ai.dimoo.server.openai;

import ai.dimoo.ModelDefaults;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.request.Retouch;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.server.exchange.Limits;
import io.javalin.http.Context;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/models`: the models that are served, what they can do, and how they sample where a request
/// does not say.
public final class ModelsApi {

  /// Stands for any view.
  private static final String ANY_VIEW = "multi_view_*";

  private final ServedModels models;

  /// Tells of models.
  public ModelsApi(ServedModels models) {
    this.models = models;
  }

  /// `GET /v1/models`
  public void list(Context context) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    models.all().forEach(model -> data.add(described(model)));
    context.contentType("application/json").result(answer.toString());
  }

  /// `GET /v1/models/{id}`
  public void one(Context context, String id) {
    context.contentType("application/json").result(described(models.named(id)).toString());
  }

  /// A model as OpenAI's object, with what it can do.
  static ObjectNode described(ServedModel served) {
    ObjectNode model =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", served.name())
            .put("object", "model")
            .put("created", served.since().getEpochSecond())
            .put("owned_by", "dimoo")
            .put("free_memory_bytes", FreeMemory.now().bytes()); // the machine's, at this moment
    model.set("dimoo", details(served));
    return model;
  }

  private static ObjectNode details(ServedModel served) {
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
    SettingsJson.addSpeeds(details, defaults, SamplingKind.EDIT);
    ObjectNode text = details.putObject("text");
    SettingsJson.addDefaults(text, defaults.text());
    SettingsJson.addSpeeds(text, defaults, SamplingKind.ANSWER);
    Knowledge knowledge = served.dimoo().knowledge();
    tasks(details.putArray("tasks"), knowledge);
    knowledge(details.putObject("knowledge"), knowledge);
    limits(details.putObject("limits"), served.limits());
    return details;
  }

  /// What is not limited is empty.
  private static void knowledge(ObjectNode to, Knowledge knowledge) {
    ArrayNode sizes = to.putArray("sizes");
    knowledge.sizes().forEach(size -> sizes.add(size.toString()));
    ArrayNode languages = to.putArray("languages");
    knowledge.languages().forEach(languages::add);
    ArrayNode things = to.putArray("things");
    knowledge.things().forEach(thing -> things.add(thing.name()));
  }

  private static void tasks(ArrayNode tasks, Knowledge knowledge) {
    task(tasks, knowledge, Task.TEXT_TO_IMAGE.name(), Task.Family.TEXT_TO_IMAGE);
    Task.known().forEach(task -> task(tasks, knowledge, task.name(), task.family()));
    task(tasks, knowledge, ANY_VIEW, Task.Family.MULTI_VIEW);
    knowledge.tasks().stream()
        .filter(ModelsApi::isView)
        .forEach(view -> task(tasks, knowledge, view, Task.Family.MULTI_VIEW));
    for (String name : new String[] {Inpaint.TASK, Outpaint.TASK, Retouch.TASK}) {
      task(tasks, knowledge, name, "painting", 1, true);
    }
    task(tasks, knowledge, Task.UNDERSTANDING.name(), Task.Family.UNDERSTANDING);
  }

  private static void task(ArrayNode tasks, Knowledge knowledge, String name, Task.Family family) {
    String kind = family.name().toLowerCase(Locale.ROOT);
    task(tasks, knowledge, name, kind, family.pictures(), family.takesPrompt());
  }

  private static void task(
      ArrayNode tasks,
      Knowledge knowledge,
      String name,
      String family,
      int pictures,
      boolean takesPrompt) {
    tasks
        .addObject()
        .put("name", name)
        .put("family", family)
        .put("pictures", pictures)
        .put("takes_prompt", takesPrompt)
        .put("trained", isTrained(knowledge, name));
  }

  private static boolean isTrained(Knowledge knowledge, String task) {
    return knowledge.includesTask(task)
        || task.equals(ANY_VIEW) && knowledge.tasks().stream().anyMatch(ModelsApi::isView);
  }

  private static boolean isView(String task) {
    return task.startsWith(ANY_VIEW.substring(0, ANY_VIEW.length() - 1));
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
