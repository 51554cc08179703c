package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.ModelOptions;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.checkpoint.TensorNames;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.request.TextToImage;
import ai.dimoo.server.openai.NamedAdapter;
import ai.dimoo.server.openai.OfferedAdapters;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Requests that choose an adapter, and adapters that come and go.
final class AdaptersTest extends ServerFixture {

  private static final String IMAGES = "/v1/images/generations";
  private static final int ROUNDS = 5;

  private Path folder;
  private Path stars;
  private Path outside;
  private Map<String, byte[]> expected; // PNG files by the ids of models

  @Override
  protected Path model(Path own) throws IOException {
    folder = Files.createDirectories(own.resolve("adapters"));
    stars = TestAdapter.write(folder.resolve("first"), 1);
    TestAdapter.write(folder.resolve("second"), 2);
    outside = TestAdapter.write(own.resolve("outside"), 3);
    expected =
        Map.of(
            "pocket", madeBy(),
            "pocket+stars", madeBy(new AdapterChoice(stars, 1)),
            "pocket+half", madeBy(new AdapterChoice(stars, 0.5)),
            "both", madeBy(new AdapterChoice(stars, 0.5), new AdapterChoice(stars, -1)));
    return POCKET;
  }

  /// What `dimoo generate --lora` writes.
  private static byte[] madeBy(AdapterChoice... adapters) {
    ModelOptions options = ModelOptions.DEFAULT.withAdapters(List.of(adapters));
    try (Dimoo dimoo = Dimoo.open(POCKET, options)) {
      GeneratedPicture made =
          dimoo.generate(TextToImage.of("a red circle").seed(1).timesteps(4).build());
      return ImageFiles.encodePng(made.picture(), made.toTexts());
    }
  }

  @Override
  protected ServerOptions options() {
    List<NamedAdapter> first =
        List.of(NamedAdapter.parse("stars=" + stars), NamedAdapter.parse("half=" + stars + ":0.5"));
    return super.options().withAdapters(new OfferedAdapters(first, folder));
  }

  private static String order(String model) {
    return """
    {"model": "%s", "prompt": "a red circle", "seed": 1, "timesteps": 4,
     "response_format": "b64_json"}\
    """
        .formatted(model);
  }

  private byte[] picture(String model) throws Exception {
    HttpResponse<String> answer = post(IMAGES, order(model));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Base64.getDecoder().decode(json(answer).at("/data/0/b64_json").asString());
  }

  private List<String> ids() throws Exception {
    List<String> ids = new ArrayList<>();
    json(get("/v1/models")).path("data").forEach(model -> ids.add(model.path("id").asString()));
    return ids;
  }

  private HttpResponse<String> load(String name, String path) throws Exception {
    return post("/v1/adapters", "{\"name\": \"%s\", \"path\": \"%s\"}".formatted(name, path));
  }

  private HttpResponse<String> unload(String name) throws Exception {
    return send(request("/v1/adapters/" + name).DELETE());
  }

  private static String message(HttpResponse<String> answer) {
    String message = json(answer).at("/error/message").asString();
    assertThat(message.lines()).hasSize(1);
    return message;
  }

  @Test
  void eachIsAModelOfItsOwnThatKnowsWhatTheBaseKnows() throws Exception {
    assertThat(ids()).startsWith("pocket").contains("pocket+half", "pocket+stars");
    JsonNode base = json(get("/v1/models/pocket"));
    JsonNode adapted = json(get("/v1/models/pocket+stars"));
    assertThat(adapted.path("id").asString()).isEqualTo("pocket+stars");
    assertThat(adapted.path("owned_by")).isEqualTo(base.path("owned_by"));
    assertThat(adapted.path("dimoo")).isEqualTo(base.path("dimoo"));
  }

  @Test
  void eachRequestIsComputedByTheModelThatItNames() throws Exception {
    for (String model :
        List.of("pocket+stars", "pocket", "pocket+half", "pocket+stars", "gpt-4o")) {
      assertThat(picture(model))
          .as(model)
          .isEqualTo(expected.getOrDefault(model, expected.get("pocket")));
    }
    assertThat(ImageFiles.textOf(expected.get("pocket+half"), "half").toString())
        .contains("pocket+first:0.5");
    HttpResponse<String> drawn =
        post(
            "/v1/chat/completions",
            """
            {"model": "pocket+stars", "modalities": ["image"], "seed": 1, "timesteps": 4,
             "messages": [{"role": "user", "content": "a red circle"}]}\
            """);
    assertThat(json(drawn).path("model").asString()).isEqualTo("pocket+stars");
    String url = json(drawn).at("/choices/0/message/images/0/image_url/url").asString();
    assertThat(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)))
        .isEqualTo(expected.get("pocket+stars"));
  }

  private HttpResponse<String> a1111(String prompt) throws Exception {
    String body = "{\"prompt\": \"%s\", \"seed\": 1, \"steps\": 4}".formatted(prompt);
    return post("/sdapi/v1/txt2img", body);
  }

  private static byte[] picture(HttpResponse<String> a1111) {
    assertThat(a1111.statusCode()).as(a1111.body()).isEqualTo(200);
    return TestPictures.file(json(a1111).at("/images/0").asString());
  }

  @Test
  void promptsOfTheOtherWebUiNameAdaptersAsItDoes() throws Exception {
    JsonNode listed = json(get("/sdapi/v1/loras"));
    assertThat(listed.valueStream().map(lora -> lora.path("name").asString()))
        .contains("half", "stars");
    assertThat(listed.toString()).doesNotContain(folder.toString());

    assertThat(picture(a1111("a red circle"))).isEqualTo(expected.get("pocket"));
    assertThat(picture(a1111("a red circle <lora:stars>"))).isEqualTo(expected.get("pocket+stars"));
    HttpResponse<String> half = a1111("<LORA:stars:0.5> a red circle");
    assertThat(picture(half)).isEqualTo(expected.get("pocket+half"));
    assertThat(picture(a1111("a <lora:half:1> red circle"))).isEqualTo(expected.get("pocket+half"));
    HttpResponse<String> both = a1111("a red circle<lora:stars:.5><lora:half:-2>");
    assertThat(picture(both)).isEqualTo(expected.get("both"));
    // what it says was asked for gives the same again
    String prompt = json(json(both).path("info").asString()).path("prompt").asString();
    assertThat(prompt).isEqualTo("a red circle <lora:stars:0.5> <lora:half:-2.0>");
    assertThat(picture(a1111(prompt))).isEqualTo(expected.get("both"));

    String image = Base64.getEncoder().encodeToString(TestPictures.png());
    String edit =
        """
        {"prompt": "a red circle%s", "seed": 1, "steps": 4, "task": "inpaint", "init_images": ["%s"]}\
        """;
    byte[] plain = picture(post("/sdapi/v1/img2img", edit.formatted("", image)));
    byte[] adapted = picture(post("/sdapi/v1/img2img", edit.formatted("<lora:stars>", image)));
    assertThat(adapted).isNotEqualTo(plain);
  }

  @Test
  void anAdapterThatAPromptOfTheOtherWebUiCannotHaveIsRefused() throws Exception {
    HttpResponse<String> unknown = a1111("a red circle <lora:sters:1>");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(code(unknown)).isEqualTo("adapter_not_found");
    assertThat(message(unknown)).isEqualTo("There is no adapter sters; did you mean stars?");
    assertThat(message(a1111("a <lora:something else:1>")))
        .startsWith("There is no adapter something else; there are half, ");
    assertThat(message(a1111("a <lora:stars> <lora:stars:2>"))).contains("<lora:stars> twice");
    for (String tag : List.of("<lora:stars:much>", "<lora:stars:1:1>", "<lora:>", "<lora:a:NaN>")) {
      assertThat(message(a1111("a red circle " + tag))).contains("<lora:NAME:SCALE>");
    }
    assertThat(message(a1111("<lora:stars>"))).contains("There is no prompt");
  }

  @Test
  void theToolsTakeAnAdapter() throws Exception {
    try (McpChecks checks =
        new McpChecks(
            HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server().port())
                .build())) {
      assertThat(McpChecks.text(checks.call("list_tasks", Map.of())))
          .contains("\"adapters\":\"half, ");
      Map<String, Object> order =
          Map.of("prompt", "a red circle", "seed", 1, "timesteps", 4, "adapter", "stars");
      assertThat(McpChecks.picture(checks.call("generate", order)))
          .isEqualTo(expected.get("pocket+stars"));
      String image = TestPictures.url(TestPictures.png());
      CallToolResult answer =
          checks.call(
              "ask", Map.of("question", "What?", "images", List.of(image), "adapter", "half"));
      assertThat(answer.isError()).isNotEqualTo(true);
      McpChecks.assertRefused(
          checks.call("generate", Map.of("prompt", "a", "adapter", "sters")),
          "did you mean stars?");
    }
    until(() ->
        log()
            .lines()
            .anyMatch(line -> line.contains("POST /mcp") && line.contains(" adapter=half ")));
  }

  @Test
  void theLogNamesTheAdapter() throws Exception {
    assertThat(logOf(post(IMAGES, order("pocket+stars"))))
        .singleElement()
        .asString()
        .contains(" status=200 adapter=stars task=text_to_image ");
    assertThat(logOf(post(IMAGES, order("pocket")))).noneMatch(line -> line.contains("adapter="));
    assertThat(logOf(a1111("a red circle <lora:stars:0.5> <lora:half>")))
        .singleElement()
        .asString()
        .contains(" adapter=stars:0.5,half ");
    HttpResponse<String> forged = a1111("a <lora:x\\nforged status=200\\u001b[2J>");
    assertThat(forged.statusCode()).isEqualTo(400);
    assertThat(logOf(forged)).singleElement().asString().doesNotContain("forged");
  }

  @Test
  void requestsOfSeveralModelsAtOnceDoNotMix() throws Exception {
    List<String> models =
        List.of("pocket", "pocket+stars", "pocket", "pocket+half", "pocket+stars");
    List<Future<byte[]>> made = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      models.forEach(model -> made.add(clients.submit(() -> picture(model))));
    }
    for (int i = 0; i < models.size(); i++) {
      assertThat(made.get(i).get()).as(models.get(i)).isEqualTo(expected.get(models.get(i)));
    }
  }

  @Test
  void anAdapterThatIsNotThereIsNotFound() throws Exception {
    HttpResponse<String> answer = post(IMAGES, order("pocket+satrs"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(code(answer)).isEqualTo("model_not_found");
    assertThat(message(answer)).contains("pocket+satrs", "did you mean pocket+stars?");
    assertThat(message(post(IMAGES, order("other+thing")))).contains("pocket", "pocket+half");
    assertThat(message(get("/v1/models/pocket+satrs"))).contains("pocket+stars");
    assertThat(unload("star").statusCode()).isEqualTo(404);
    assertThat(message(unload("star"))).contains("did you mean stars?");
  }

  @Test
  void adaptersAreLoadedAndUnloadedAndLeaveNothingBehind() throws Exception {
    round(); // tables that grow once
    System.gc();
    long before = Pointer.totalCount();
    for (int i = 0; i < ROUNDS; i++) {
      round();
    }
    until(() -> Pointer.totalCount() - before < ROUNDS); // they are freed in the background
  }

  private void round() throws Exception {
    HttpResponse<String> loaded = load("moons", "first");
    assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(200);
    assertThat(json(loaded).path("id").asString()).isEqualTo("pocket+moons");
    assertThat(ids()).contains("pocket+moons");
    assertThat(picture("pocket+moons")).isEqualTo(expected.get("pocket+stars"));
    JsonNode unloaded = json(unload("moons"));
    assertThat(unloaded.path("id").asString()).isEqualTo("pocket+moons");
    assertThat(unloaded.path("deleted").asBoolean()).isTrue();
    assertThat(ids()).doesNotContain("pocket+moons");
    assertThat(post(IMAGES, order("pocket+moons")).statusCode()).isEqualTo(404);
  }

  @Test
  void aRequestThatHasBegunKeepsItsAdapter() throws Exception {
    assertThat(load("suns", "first").statusCode()).isEqualTo(200);
    HttpRequest request =
        request(IMAGES)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    order("pocket+suns")
                        .replace("}", ", \"n\": 8, \"stream\": true, \"progress\": true}")))
            .build();
    var answer = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body()))) {
      assertThat(lines.readLine()).isNotNull(); // it has begun
      assertThat(unload("suns").statusCode()).isEqualTo(200);
      List<JsonNode> pictures =
          lines
              .lines()
              .filter(line -> line.startsWith("data: {"))
              .map(line -> json(line.substring("data: ".length())))
              .filter(event -> event.has("b64_json"))
              .toList();
      assertThat(pictures).hasSize(8);
      assertThat(Base64.getDecoder().decode(pictures.getFirst().path("b64_json").asString()))
          .isEqualTo(expected.get("pocket+stars"));
    }
  }

  @Test
  void onlyFoldersWithinTheServersAreLoaded() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), outside);
    Path files = Files.createDirectories(folder.resolve("links"));
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.createSymbolicLink(files.resolve(name), outside.resolve(name));
    }
    for (String path :
        List.of(
            "../outside", outside.toString(), "link", "links", ".", "", "nowhere", "first/..")) {
      HttpResponse<String> answer = load("bad", path);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(json(answer).at("/error/param").asString()).as(path).isEqualTo("path");
      assertThat(message(answer)).as(path).doesNotContain(folder.toString());
    }
    assertThat(ids()).doesNotContain("pocket+bad");
  }

  @Test
  void whatCannotBeUsedIsRefusedInOneLine() throws Exception {
    TestAdapter.write(folder.resolve("foreign"), 1, 8, "model.layers.7.self_attn.q_proj.weight");
    TestAdapter.write(folder.resolve("narrow"), 1, 8, TensorNames.query(0));
    Files.createDirectories(folder.resolve("empty"));
    assertThat(message(load("foreign", "foreign")))
        .contains("model.layers.7.self_attn.q_proj.weight, which the model does not have")
        .doesNotContain(folder.toString());
    assertThat(message(load("narrow", "narrow"))).contains("lora_A");
    assertThat(message(load("empty", "empty")))
        .contains("empty/adapter_config.json".replace('/', java.io.File.separatorChar))
        .doesNotContain(folder.toString());
    assertThat(message(load("stars", "second"))).contains("There is an adapter stars already");
    assertThat(message(load("a+b", "second"))).contains("name is a+b");
    assertThat(message(load("", "second"))).contains("There is no name");
    for (String value : List.of("\"much\"", "1e999")) {
      HttpResponse<String> scale =
          post(
              "/v1/adapters",
              "{\"name\": \"x\", \"path\": \"second\", \"scale\": %s}".formatted(value));
      assertThat(scale.statusCode()).as(value).isEqualTo(400);
      assertThat(json(scale).at("/error/param").asString()).as(value).isEqualTo("scale");
    }
    assertThat(ids()).hasSize(3);
  }
}
