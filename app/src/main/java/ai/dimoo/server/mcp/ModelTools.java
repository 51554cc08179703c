package ai.dimoo.server.mcp;

import ai.dimoo.Answer;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.Version;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.knowledge.KnownThing;
import ai.dimoo.prompt.Task;
import ai.dimoo.request.Inpaint;
import ai.dimoo.request.Outpaint;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.job.JobRequest;
import ai.dimoo.server.openai.ErrorAnswers;
import ai.dimoo.server.openai.InputPicture;
import ai.dimoo.server.openai.ModelUses;
import ai.dimoo.server.openai.Orders;
import ai.dimoo.server.openai.PictureProgress;
import ai.dimoo.server.openai.ServedModel;
import ai.dimoo.server.openai.ServedModels;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a model can do, as tools of the Model Context Protocol. Thread-safe.
final class ModelTools {

  private static final List<String> PICTURE_FIELDS = List.of("image", "mask", "reference");

  private final ServedModels models;
  private final ServedModel served; // without adapters
  private final PictureShelf shelf = new PictureShelf();
  private final GivenPictures given;
  private final ShownPictures shown;
  private final ToolSchemas schemas;
  private final BiConsumer<String, Throwable> log;

  /// A call of a tool.
  ///
  /// @param arguments none but those that the tool's schema has, without the adapter
  /// @param served the model that is to answer
  private record Asked(
      ToolCall call,
      McpSyncServerExchange exchange,
      CallToolRequest request,
      ObjectNode arguments,
      ServedModel served) {}

  /// What a tool does.
  private interface Work {
    CallToolResult answer(Asked asked) throws Throwable;
  }

  /// @param files whether the client may name files of this machine
  /// @param folder takes the pictures that are made; null: none does
  /// @param log takes what goes wrong within
  ModelTools(
      ServedModels models,
      boolean files,
      @Nullable Path folder,
      BiConsumer<String, Throwable> log) {
    this.models = models;
    served = models.base();
    this.log = log;
    given = new GivenPictures(served, shelf, files);
    shown = new ShownPictures(shelf, folder);
    schemas = new ToolSchemas(served, files);
  }

  /// Makes a server of a transport.
  void offer(SyncSpecification<?> server) {
    server
        .serverInfo("dimoo", Version.dimoo())
        .instructions(
            "Pictures by %s. Ask list_tasks first what it was trained for; one picture a call is"
                    .formatted(served.name())
                + " usual. Pictures of answers can be given to other tools by their URI.")
        .jsonMapper(McpJsonDefaults.getMapper())
        .jsonSchemaValidator((schema, value) -> ValidationResponse.asValid("")) // by requireKnown
        .validateToolInputs(false)
        .immediateExecution(true)
        .capabilities(ServerCapabilities.builder().tools(false).resources(false, false).build());
    add(server, "generate", "Make a picture from words.", schemas.generate(), this::generate);
    add(
        server,
        "edit",
        "Change a whole picture, or make another from it: the task says how.",
        schemas.edit(),
        this::edit);
    add(
        server,
        "inpaint",
        "Repaint a part of a picture, or continue it beyond its edges; the rest is kept.",
        schemas.inpaint(),
        this::inpaint);
    add(server, "ask", "Answer a question about pictures.", schemas.ask(), this::ask);
    add(
        server,
        "list_tasks",
        "Tell what the model was trained for: tasks, sizes, languages, things, adapters.",
        schemas.listTasks(),
        asked -> listTasks());
    server.resourceTemplates(
        new SyncResourceTemplateSpecification(
            ResourceTemplate.builder(PictureShelf.TEMPLATE, "picture")
                .description("A picture that was made a short while ago, with its settings inside.")
                .mimeType("image/png")
                .build(),
            (exchange, request) -> read(request)));
  }

  private void add(
      SyncSpecification<?> server, String name, String does, ObjectNode schema, Work work) {
    List<String> fields = List.copyOf(schema.get("properties").propertyNames());
    server.toolCall(
        Tool.builder(name, map(schema))
            .description(does)
            .annotations(
                ToolAnnotations.builder()
                    .readOnlyHint(shown.folder() == null)
                    .destructiveHint(false)
                    .openWorldHint(false)
                    .build())
            .build(),
        (exchange, request) -> call(exchange, request, fields, work));
  }

  private static Map<String, Object> map(ObjectNode node) {
    return JsonMapper.shared().convertValue(node, new TypeReference<Map<String, Object>>() {});
  }

  /// Whatever is wrong is told to the model that called, which can mend it.
  private CallToolResult call(
      McpSyncServerExchange exchange, CallToolRequest request, List<String> fields, Work work) {
    ToolCall call = ToolCall.of(exchange);
    try {
      ObjectNode arguments = JsonNodeFactory.instance.objectNode();
      if (request.arguments() != null) {
        arguments.setAll((ObjectNode) JsonMapper.shared().valueToTree(request.arguments()));
      }
      Orders.requireKnown(arguments, fields);
      ServedModel chosen = model(arguments.remove(ToolSchemas.ADAPTER));
      try (ModelUses.Use use = chosen.uses().begin()) {
        return work.answer(new Asked(call, exchange, request, arguments, chosen));
      }
    } catch (Throwable e) {
      if (call.cancelled()) {
        throw new CancellationException("the client cancelled the call");
      }
      Refusal refusal = ErrorAnswers.refusal(e);
      if (call.record() != null) {
        call.record().refuse(refusal);
      }
      if (ErrorAnswers.isOurs(e) && !call.failureIsLogged()) {
        log.accept(call.name(), e);
      }
      return CallToolResult.builder().addTextContent(refusal.getMessage()).isError(true).build();
    }
  }

  private ServedModel model(@Nullable JsonNode adapter) {
    return adapter == null || adapter.isNull()
        ? served
        : models.adapted(text(adapter, ToolSchemas.ADAPTER), ToolSchemas.ADAPTER);
  }

  private CallToolResult generate(Asked asked) throws Throwable {
    return make(asked, Orders.generation(asked.arguments(), asked.served()));
  }

  private CallToolResult edit(Asked asked) throws Throwable {
    List<InputPicture> pictures = new ArrayList<>(List.of(picture(asked, "image")));
    if (asked.arguments().has("reference")) {
      pictures.add(picture(asked, "reference"));
    }
    return change(asked, pictures, null);
  }

  private CallToolResult inpaint(Asked asked) throws Throwable {
    ObjectNode arguments = asked.arguments();
    boolean masked = arguments.has("mask");
    if (!masked && !arguments.has("box") && !arguments.has("expand")) {
      throw Refusal.badRequest(
          "box", "What is to be repainted? Give a mask, or a box \"X,Y,WIDTH,HEIGHT\", or expand.");
    }
    arguments.put("task", arguments.has("expand") ? Outpaint.TASK : Inpaint.TASK);
    return change(asked, List.of(picture(asked, "image")), masked ? picture(asked, "mask") : null);
  }

  private InputPicture picture(Asked asked, String field) {
    return given.get(field, text(asked.arguments().path(field), field));
  }

  private static String text(JsonNode value, String field) {
    if (!value.isString() || value.stringValue().isBlank()) {
      throw Refusal.badRequest(field, "There is no %s: give it as text.".formatted(field));
    }
    return value.stringValue();
  }

  private CallToolResult change(
      Asked asked, List<InputPicture> pictures, @Nullable InputPicture mask) throws Throwable {
    asked.arguments().remove(PICTURE_FIELDS);
    List<InputPicture> all =
        mask == null ? pictures : Stream.concat(pictures.stream(), Stream.of(mask)).toList();
    try (HeapRoom.Held held = served.hold(all)) {
      return make(asked, Orders.edit(asked.arguments(), pictures, mask, asked.served()));
    }
  }

  private CallToolResult make(Asked asked, Orders.Pictures order) throws Throwable {
    RequestRecord record = asked.call().record();
    if (record != null) {
      record.describe(order.requests(), served.dimoo().defaults(), asked.served().adapterName());
    }
    int count = order.requests().size();
    List<GeneratedPicture> pictures =
        run(
            asked,
            order.job(asked.served()),
            progress ->
                progress instanceof PictureProgress.Stepped step
                    ? new ToolCall.Steps(
                        step.picture() * step.steps() + step.step(), count * step.steps())
                    : null);
    return shown.answer(pictures, order.warnings(pictures));
  }

  private <P, R> R run(
      Asked asked, JobRequest<P, R> job, Function<P, ToolCall.@Nullable Steps> steps)
      throws Throwable {
    return asked.call().run(served.queue(), asked.exchange(), asked.request(), job, steps);
  }

  private CallToolResult ask(Asked asked) throws Throwable {
    List<InputPicture> pictures = pictures(asked.arguments().path("images"));
    try (HeapRoom.Held held = served.hold(pictures)) {
      Orders.Question order = Orders.question(chat(asked.arguments(), pictures), asked.served());
      RequestRecord record = asked.call().record();
      if (record != null) {
        record.describe(order.request(), served.dimoo().defaults(), asked.served().adapterName());
      }
      Answer answer =
          run(
              asked,
              order.job(asked.served()),
              progress -> new ToolCall.Steps(progress.step(), progress.steps()));
      CallToolResult.Builder result = CallToolResult.builder().addTextContent(answer.text());
      order.warnings(answer).forEach(warning -> result.addTextContent("Note: " + warning));
      return result.build();
    }
  }

  private List<InputPicture> pictures(JsonNode images) {
    if (!images.isArray() || images.isEmpty()) {
      throw Refusal.badRequest("images", "There are no images: give a list of one or more.");
    }
    served.limits().requireInputPictures("images", images.size());
    List<InputPicture> pictures = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      String field = "images[" + i + "]";
      pictures.add(given.get(field, text(images.get(i), field)));
    }
    return pictures;
  }

  /// The question as a chat asks it.
  private static ObjectNode chat(ObjectNode arguments, List<InputPicture> pictures) {
    String question = text(arguments.path("question"), "question");
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "user");
    ArrayNode parts = message.putArray("content");
    parts.addObject().put("type", "text").put("text", question);
    for (InputPicture picture : pictures) {
      String url = "data:;base64," + Base64.getEncoder().encodeToString(picture.bytes());
      parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
    }
    ObjectNode chat = arguments.deepCopy();
    chat.remove(List.of("question", "images"));
    chat.putArray("messages").add(message);
    return chat;
  }

  private CallToolResult listTasks() {
    Knowledge knowledge = served.dimoo().knowledge();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("model", served.name());
    ArrayNode tasks = answer.putArray("tasks");
    task(tasks, knowledge, Task.TEXT_TO_IMAGE, "generate");
    Task.known().forEach(task -> task(tasks, knowledge, task, "edit"));
    for (String name : List.of(Inpaint.TASK, Outpaint.TASK)) {
      if (knowledge.includesTask(name)) {
        tasks.addObject().put("task", name).put("tool", "inpaint").put("pictures", 1);
      }
    }
    task(tasks, knowledge, Task.UNDERSTANDING, "ask");
    answer.put("usual_size", usualSize().toString());
    List<String> adapters = models.adapters();
    answer.put("adapters", adapters.isEmpty() ? "none" : String.join(", ", adapters));
    list(answer, "trained_sizes", knowledge.sizes().stream().map(Size::toString).toList());
    list(answer, "languages", knowledge.languages());
    list(answer, "things", knowledge.things().stream().map(KnownThing::name).toList());
    list(answer, "other_words", knowledge.words().stream().sorted().toList());
    return CallToolResult.builder().addTextContent(answer.toString()).build();
  }

  private Size usualSize() {
    return new Size(served.dimoo().defaults().width(), served.dimoo().defaults().height());
  }

  private static void task(ArrayNode tasks, Knowledge knowledge, Task task, String tool) {
    if (knowledge.includesTask(task.name())) {
      tasks
          .addObject()
          .put("task", task.name())
          .put("tool", tool)
          .put("pictures", task.family().pictures())
          .put("takes_prompt", task.family().takesPrompt());
    }
  }

  /// Where a model's folder does not say, it takes anything.
  private static void list(ObjectNode answer, String name, List<String> values) {
    answer.put(name, values.isEmpty() ? "any" : values.stream().collect(Collectors.joining(", ")));
  }

  private ReadResourceResult read(ReadResourceRequest request) {
    byte[] file = shelf.get(request.uri());
    if (file == null) {
      throw McpError.RESOURCE_NOT_FOUND.apply(request.uri());
    }
    return ReadResourceResult.builder(
            List.of(
                BlobResourceContents.builder(
                        request.uri(), Base64.getEncoder().encodeToString(file))
                    .mimeType("image/png")
                    .build()))
        .build();
  }
}
