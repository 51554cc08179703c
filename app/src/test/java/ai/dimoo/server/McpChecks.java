package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client of the Model Context Protocol finds, by the SDK's own client, whatever lies
/// between, of a model of six shapes. Not thread-safe.
final class McpChecks implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int STEPS = 4;

  private final LinkedBlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();
  private final McpSyncClient client;

  McpChecks(McpClientTransport transport) {
    client =
        McpClient.sync(transport)
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .progressConsumer(progress::add)
            .build();
    assertThat(client.initialize().serverInfo().name()).isEqualTo("dimoo");
  }

  McpSyncClient client() {
    return client;
  }

  CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  void toolsAreDescribedByTheTableOfSettings() {
    List<Tool> tools = client.listTools().tools();
    assertThat(tools.stream().map(Tool::name))
        .containsExactlyInAnyOrder("generate", "edit", "inpaint", "ask", "list_tasks");
    for (Tool tool : tools) {
      JsonNode schema = JsonMapper.shared().valueToTree(tool.inputSchema());
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
      SamplingKind kind =
          switch (tool.name()) {
            case "generate", "inpaint" -> SamplingKind.PICTURE;
            case "edit" -> SamplingKind.EDIT;
            case "ask" -> SamplingKind.ANSWER;
            default -> null;
          };
      if (kind != null) {
        assertThat(schema.path("properties").propertyNames())
            .as(tool.name())
            .containsAll(
                SamplingTable.of(kind).stream()
                    .filter(field -> !SamplingTable.OF_CACHE.contains(field))
                    .map(field -> field.name())
                    .toList());
      }
    }
    assertThat(text(call("list_tasks", Map.of())))
        .contains("\"task\":\"text_to_image\"", "\"tool\":\"inpaint\"", "circle")
        .doesNotContain("edit_add"); // the model says that it was not trained for it
  }

  /// @return the URI of the picture
  String aPictureComesSmallAndWholeWithProgress() throws Exception {
    CallToolResult result =
        client.callTool(
            CallToolRequest.builder("generate")
                .arguments(Map.of("prompt", "a red circle", "seed", 7, "timesteps", STEPS))
                .meta(Map.of("progressToken", "mine"))
                .build());

    assertThat(result.isError()).isNotEqualTo(true);
    assertThat(result.content().stream().filter(ImageContent.class::isInstance)).hasSize(1);
    Picture shown = ImageFiles.read(bytes(first(result, ImageContent.class).data()), "shown");
    assertThat(shown.size()).isEqualTo(new Size(128, 128));
    assertThat(text(result)).contains("\"seed\":7", "\"timesteps\":4");
    List<Double> steps = new ArrayList<>(); // the SDK's client hands them on in any order
    for (int i = 1; i <= STEPS; i++) {
      ProgressNotification step = progress.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(step.progressToken()).isEqualTo("mine");
      assertThat(step.total()).isEqualTo(STEPS);
      steps.add(step.progress());
    }
    assertThat(steps).containsExactlyInAnyOrder(1.0, 2.0, 3.0, 4.0);
    ResourceLink link = first(result, ResourceLink.class);
    assertThat(link.mimeType()).isEqualTo("image/png");
    return link.uri();
  }

  void aPictureOfAnAnswerIsReadAndUsedAgain(String uri) {
    BlobResourceContents whole =
        (BlobResourceContents)
            client.readResource(ReadResourceRequest.builder(uri).build()).contents().getFirst();
    assertThat(ImageFiles.textOf(bytes(whole.blob()), "whole")).containsEntry("seed", "7");
    aPictureIsUsedAgain(uri);
  }

  void aPictureIsUsedAgain(String image) {
    CallToolResult answer =
        call(
            "ask",
            Map.of("question", "What colour is the circle?", "images", List.of(image), "seed", 1));
    assertThat(answer.isError()).isNotEqualTo(true);
    assertThat(text(answer)).isNotBlank();

    CallToolResult painted =
        call(
            "inpaint",
            Map.of("image", image, "box", "0,0,64,128", "prompt", "a red circle", "timesteps", 2));
    assertThat(painted.isError()).isNotEqualTo(true);
    assertThat(painted.content().stream().filter(ImageContent.class::isInstance)).hasSize(1);

    CallToolResult edited =
        call(
            "edit",
            Map.of(
                "image",
                image,
                "task",
                "edit_add",
                "prompt",
                "Add a ring.",
                "timesteps",
                2,
                "force",
                true));
    assertThat(edited.isError()).isNotEqualTo(true);
    assertThat(text(edited)).contains("Note: "); // it was not trained for that
  }

  void whatIsWrongIsSaidToTheModel() {
    assertRefused(
        call("generate", Map.of("promt", "a circle")), "no field promt", "did you mean prompt");
    assertRefused(call("generate", Map.of("prompt", "a circle", "timesteps", 0)), "timesteps is 0");
    assertRefused(call("generate", Map.of("prompt", "a circle", "stream", true)), "stream");
    assertRefused(call("inpaint", Map.of("image", url(), "prompt", "x")), "mask", "box");
    assertRefused(call("ask", Map.of("question", "What?", "images", List.of())), "images");
    assertRefused(
        call(
            "ask",
            Map.of("question", "What?", "images", List.of(url(new Size(4000, 1))), "fit", "pad")),
        "4000x1, too elongated to be shown whole");
    assertRefused(
        call("edit", Map.of("image", "dimoo://pictures/none.png", "task", "edit_add")),
        "dimoo://pictures/none.png is not kept");
  }

  static void assertRefused(CallToolResult result, String... words) {
    assertThat(result.isError()).isTrue();
    assertThat(text(result)).contains(words);
  }

  static String url() {
    return url(new Size(128, 128));
  }

  private static String url(Size size) {
    byte[] file = ImageFiles.encodePng(Picture.filled(size, 0xC81E1E), Map.of());
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  static <T> T first(CallToolResult result, Class<T> kind) {
    return result.content().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  /// The file of the picture as it is shown.
  static byte[] picture(CallToolResult result) {
    return bytes(first(result, ImageContent.class).data());
  }

  static String text(CallToolResult result) {
    return String.join(
        "\n",
        result.content().stream()
            .filter(TextContent.class::isInstance)
            .map(content -> ((TextContent) content).text())
            .toList());
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
