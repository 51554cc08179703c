package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.server.openai.OfferedAdapters;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// That `/openapi.json` says what the server does.
final class OpenApiTest extends ServerFixture {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String PICTURE = url(Picture.filled(new Size(128, 128), 0xC81E1E));

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private JsonNode api;

  @TempDir private static Path adapters;

  @Override
  protected ServerOptions options() {
    return super.options().withAdapters(new OfferedAdapters(List.of(), adapters));
  }

  @BeforeAll
  void readDescription() throws Exception {
    HttpResponse<String> answer = get("/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    api = json(answer);
  }

  private static String url(Picture picture) {
    byte[] file = ImageFiles.encodePng(picture, Map.of());
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
  }

  @Test
  void everyRouteIsDescribedAndNoOther() {
    List<String> described = new ArrayList<>();
    api.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    described.add(
                        method.toUpperCase(Locale.ROOT)
                            + " "
                            + path.getKey().replace("{id}", "<id>"))));
    assertThat(server().routes().stream().filter(route -> !isPage(route)))
        .containsExactlyInAnyOrderElementsOf(described);
  }

  /// The page and its files are for browsers.
  private static boolean isPage(String route) {
    return route.equals("GET /") || route.matches("GET /(page/.*|[^/]+\\.(js|css|svg|png|ico))");
  }

  @Test
  void everyDescribedPathAnswers() throws Exception {
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        HttpResponse<String> answer =
            sendEmpty(method, path.getKey().replaceAll("\\{\\w+}", "pocket"));
        int expected =
            switch (method) {
              case "get" -> path.getKey().equals("/mcp") ? 400 : 200; // it needs a session
              case "delete" -> 404; // there is no adapter of the model's name
              default -> 400; // an empty body misses something
            };
        assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(expected);
        JsonNode responses = path.getValue().path(method).path("responses");
        assertThat(responses.has(Integer.toString(expected))).as(path.getKey()).isTrue();
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        HttpResponse<String> wrong =
            sendEmpty("put", path.getKey().replaceAll("\\{\\w+}", "pocket"));
        assertThat(wrong.statusCode()).as(path.getKey()).isEqualTo(405);
        assertFits("Error", json(wrong));
      }
    }
  }

  private HttpResponse<String> sendEmpty(String method, String path) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(
                method.toUpperCase(Locale.ROOT),
                method.equals("post")
                    ? HttpRequest.BodyPublishers.ofString("{}")
                    : HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void modelsAndStatesFitTheirSchemas() throws Exception {
    assertFits("ModelList", json(get("/v1/models")));
    assertFits("Model", json(get("/v1/models/pocket")));
    assertFits("Status", json(get("/health")));
    assertFits("Status", json(get("/ready")));
    assertFits("Error", json(get("/v1/models/another")));
    assertFits("Error", json(get("/nowhere")));
  }

  @Test
  void picturesFitTheirSchemas() throws Exception {
    String more =
        ", \"response_format\": \"url\", \"n\": 2, \"speed\": \"fast\", \"noise\": \"exact\"";
    for (String fields : List.of("", more)) {
      String body = "{\"prompt\": \"a circle\", \"seed\": 1, \"timesteps\": 4" + fields + "}";
      assertFits("GenerationRequest", json(body));
      assertFits("Pictures", json(post("/v1/images/generations", body)));
    }
    String edit =
        "{\"prompt\": \"Add a circle.\", \"timesteps\": 4, \"force\": true, \"images\": [{\"image_url\": \"%s\"}]}"
            .formatted(PICTURE);
    assertFits("EditRequest", json(edit));
    assertFits("Pictures", json(post("/v1/images/edits", edit)));
  }

  @Test
  void eventsOfPicturesFitTheirSchemas() throws Exception {
    String body =
        "{\"prompt\": \"a circle\", \"timesteps\": 4, \"stream\": true, \"partial_images\": 2,"
            + " \"progress\": true}";
    assertFits("GenerationRequest", json(body));
    List<JsonNode> events = events("/v1/images/generations", body);
    assertThat(events.size()).isGreaterThan(5);
    for (JsonNode event : events) {
      boolean step = event.path("type").asString().equals("dimoo.progress");
      assertFits(step ? "ProgressEvent" : "PictureEvent", event);
    }
  }

  @Test
  void theEventOfTheQueueFitsItsSchema() throws Exception {
    String body =
        "{\"prompt\": \"a circle\", \"timesteps\": 1, \"stream\": true, \"progress\": true}";
    try (RawConnection waiting = connect();
        RawConnection running = LongRequests.begin(server(), 1)) {
      waiting.post(LongRequests.PATH, body);
      waiting.lineThatBeginsWith("event: dimoo.queued");
      assertFits("QueuedEvent", json(waiting.line().substring("data: ".length())));
    }
  }

  @Test
  void chatFitsItsSchemas() throws Exception {
    String question =
        """
        {"messages": [{"role": "system", "content": "Be brief."},
           {"role": "user", "content": [{"type": "text", "text": "What is it?"},
             {"type": "image_url", "image_url": {"url": "%s"}}]}], "remasking": "random", "cache": true}\
        """
            .formatted(PICTURE);
    String drawing =
        """
        {"messages": [{"role": "user", "content": "a circle"}], "modalities": ["image"],
         "timesteps": 2}\
        """;
    for (String body : List.of(question, drawing)) {
      assertFits("ChatRequest", json(body));
      assertFits("ChatCompletion", json(post("/v1/chat/completions", body)));
      String stream =
          body.substring(0, body.lastIndexOf('}'))
              + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}}";
      assertFits("ChatRequest", json(stream));
      List<JsonNode> pieces = events("/v1/chat/completions", stream);
      assertThat(pieces.size()).isGreaterThanOrEqualTo(3);
      for (JsonNode piece : pieces) {
        assertFits("ChatChunk", piece);
      }
    }
  }

  @Test
  void aSchemaRefusesWhatDoesNotFit() {
    assertThat(schema("ChatRequest").validate(json("{\"messages\": []}"))).isNotEmpty();
    assertThat(schema("Status").validate(json("{\"status\": \"asleep\"}"))).isNotEmpty();
  }

  @Test
  void rangesAreThoseOfTheServer() throws Exception {
    for (JsonNode schema : List.of(described("GenerationRequest"), described("ChatRequest"))) {
      boolean chat = schema.at("/properties/messages").isObject();
      for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
        for (String bound : List.of("minimum", "maximum")) {
          JsonNode value = field.getValue().path(bound);
          if (value.isNumber()) {
            int beyond = value.asInt() + (bound.equals("minimum") ? -1 : 1);
            assertRefused(chat, field.getKey(), beyond);
          }
        }
      }
    }
  }

  private JsonNode described(String name) {
    return api.at("/components/schemas/" + name);
  }

  private void assertRefused(boolean chat, String field, int value) throws Exception {
    boolean forPictures =
        List.of("num_inference_steps", "image_guidance_scale", "output_compression").contains(field)
            || SamplingTable.ALL.stream()
                .anyMatch(setting ->
                    setting.name().equals(field) && !setting.appliesTo(SamplingKind.ANSWER));
    String order =
        !chat
            ? "{\"prompt\": \"a circle\""
            : """
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "What?"},
              {"type": "image_url", "image_url": {"url": "%s"}}]}]%s\
            """
                .formatted(PICTURE, forPictures ? ", \"modalities\": [\"image\"]" : "");
    HttpResponse<String> answer =
        post(
            chat ? "/v1/chat/completions" : "/v1/images/generations",
            order + ", \"" + field + "\": " + value + "}");
    assertThat(answer.statusCode()).as(field + " " + value).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asString()).isEqualTo(field);
  }

  private List<JsonNode> events(String path, String body) throws Exception {
    return post(path, body)
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> json(line.substring("data: ".length())))
        .toList();
  }

  private void assertFits(String name, JsonNode value) {
    assertThat(schema(name).validate(value)).as("%s: %.300s", name, value).isEmpty();
  }

  private Schema schema(String name) {
    assertThat(api.at("/components/schemas/" + name).isObject()).as(name).isTrue();
    ObjectNode whole = (ObjectNode) json("{}");
    whole.put("$ref", SCHEMAS + name);
    whole.set("components", api.path("components"));
    return registry.getSchema(whole);
  }
}
