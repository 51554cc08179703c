package ai.dimoo.server.mcp;

import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.server.openai.Orders;
import ai.dimoo.server.openai.ServedModel;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the tools take, as JSON Schema. The settings of the samplers come from their one table.
final class ToolSchemas {

  /// The argument that names an adapter.
  static final String ADAPTER = "adapter";

  private final ServedModel served;
  private final String pictures;

  /// @param files whether pictures may be named by their files on this machine
  ToolSchemas(ServedModel served, boolean files) {
    this.served = served;
    pictures =
        (files ? "An absolute path of a PNG, JPEG or WebP file, a" : "A")
            + " URI dimoo://pictures/… of an answer before, or a data: URL.";
  }

  ObjectNode generate() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    text(properties, "prompt", "What the picture is to show.");
    text(
        properties,
        "size",
        "WIDTHxHEIGHT in pixels. Default: %dx%d, which the model was made for."
            .formatted(served.dimoo().defaults().width(), served.dimoo().defaults().height()));
    count(properties);
    adapter(properties);
    Orders.describeSettings(properties, SamplingKind.PICTURE);
    return object(properties, "prompt");
  }

  ObjectNode edit() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    text(properties, "image", "The picture. " + pictures);
    text(properties, "prompt", "What is to be done, for the tasks that need words.");
    text(properties, "reference", "A second picture, for the task image_ref_transfer.");
    text(properties, "task", "What kind of edit it is; list_tasks explains them.");
    editTasks().forEach(((ObjectNode) properties.get("task")).putArray("enum")::add);
    count(properties);
    adapter(properties);
    Orders.describeSettings(properties, SamplingKind.EDIT);
    return object(properties, "image", "task");
  }

  /// The tasks of edits that the model was trained for; all where it was trained for none.
  private List<String> editTasks() {
    Knowledge knowledge = served.dimoo().knowledge();
    List<String> all = Task.known().stream().map(Task::name).toList();
    List<String> trained = all.stream().filter(knowledge::includesTask).toList();
    return trained.isEmpty() ? all : trained;
  }

  ObjectNode inpaint() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    text(properties, "image", "The picture. " + pictures);
    text(properties, "prompt", "What the whole picture is to show afterwards.");
    text(
        properties,
        "mask",
        "What is repainted: the transparent or else the white parts of a picture of the same shape. "
            + pictures);
    text(
        properties,
        "box",
        "What is repainted, in place of a mask: \"X,Y,WIDTH,HEIGHT\" in pixels.");
    text(
        properties,
        "expand",
        "In place of both: pixels to add round the picture, \"LEFT,TOP,RIGHT,BOTTOM\".");
    count(properties);
    adapter(properties);
    Orders.describeSettings(properties, SamplingKind.PICTURE);
    return object(properties, "image", "prompt");
  }

  ObjectNode ask() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    text(properties, "question", "What is asked about the pictures.");
    properties
        .putObject("images")
        .put("type", "array")
        .put("minItems", 1)
        .put("maxItems", served.limits().inputPictures())
        .put("description", "The pictures, each: " + pictures)
        .putObject("items")
        .put("type", "string");
    properties
        .putObject("one_token")
        .put("type", "boolean")
        .put(
            "description",
            "Answer with one token from one step: yes or no, a letter, a number. Default: false.");
    adapter(properties);
    Orders.describeSettings(properties, SamplingKind.ANSWER);
    return object(properties, "question", "images");
  }

  ObjectNode listTasks() {
    return object(JsonNodeFactory.instance.objectNode());
  }

  private static void text(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }

  private static void adapter(ObjectNode properties) {
    text(
        properties,
        ADAPTER,
        "What the model learned besides: one of the adapters that list_tasks names. Default: none.");
  }

  private void count(ObjectNode properties) {
    properties
        .putObject("n")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", served.limits().pictures())
        .put("description", "How many pictures, with seeds in a row. Default: 1.");
  }

  private static ObjectNode object(ObjectNode properties, String... required) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.set("properties", properties);
    ArrayNode needed = schema.putArray("required");
    for (String name : required) {
      needed.add(name);
    }
    return schema.put("additionalProperties", false);
  }
}
