package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.app.ProgramCommand;
import ai.dimoo.image.ImageFiles;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dimoo mcp` as a process of its own, by the SDK's client, and by hand where that has no word for
/// it.
class McpProcessTest {

  @TempDir private Path folder;
  @TempDir private Path adapters;

  private List<String> command(String... options) throws IOException {
    String model = ModelCopy.ofSixShapes(folder, ServerFixture.POCKET).toString();
    List<String> command = ProgramCommand.of("1g", "mcp", "--model", model);
    command.addAll(List.of(options));
    return command;
  }

  @Test
  void theSdksClientUsesTheToolsAndTheFilesOfThisMachine() throws Exception {
    Path stars = TestAdapter.write(adapters.resolve("stars"), 1);
    List<String> command =
        command("--output-folder", folder.toString(), "--adapter", "stars=" + stars);
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(command.removeFirst()).args(command).build(),
            McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(line -> {});
    try (McpChecks checks = new McpChecks(transport)) {
      checks.toolsAreDescribedByTheTableOfSettings();
      Path picture = Path.of(URI.create(checks.aPictureComesSmallAndWholeWithProgress()));
      assertThat(picture).hasParent(folder);
      assertThat(ImageFiles.textOf(picture)).containsEntry("seed", "7");
      checks.aPictureIsUsedAgain(picture.toString());
      checks.whatIsWrongIsSaidToTheModel();
      Path none = folder.resolve("none.png");
      CallToolResult missing =
          checks.call("ask", Map.of("question", "What?", "images", List.of(none.toString())));
      McpChecks.assertRefused(missing, "There is no file " + none);
      Map<String, Object> order = Map.of("prompt", "a red circle", "seed", 7, "timesteps", 4);
      Map<String, Object> adapted = new HashMap<>(order);
      adapted.put("adapter", "stars");
      assertThat(McpChecks.picture(checks.call("generate", adapted)))
          .isNotEqualTo(McpChecks.picture(checks.call("generate", order)));
      CallToolResult two =
          checks.call("generate", Map.of("prompt", "a ring", "n", 2, "timesteps", 1));
      assertThat(two.content().stream().filter(ResourceLink.class::isInstance)).hasSize(2);
    }
  }

  @Test
  void linesAreAnsweredOneByOneAndACancelledCallIsNot() throws Exception {
    List<String> command = command();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (PrintStream to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
      to.println(line(0, "tools/list", "{}"));
      to.println("no JSON");
      assertThat(from.readLine()).contains("\"id\":0", "Begin with initialize");
      assertThat(from.readLine()).contains("\"id\":null", "-32700");

      to.println(
          line(
              1,
              "initialize",
              """
              {"protocolVersion": "2025-06-18", "capabilities": {},
               "clientInfo": {"name": "test", "version": "1"}}\
              """
                  .replace("\n", "")));
      assertThat(from.readLine()).contains("\"id\":1", "\"name\":\"dimoo\"");
      to.println(call(2, "\"timesteps\": 256, \"n\": 10", ", \"_meta\": {\"progressToken\": 9}"));
      assertThat(from.readLine()).contains("notifications/progress", "\"progressToken\":9");
      to.println(
          "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 2}}");
      to.println(call(3, "\"timesteps\": 1", ""));
      to.close(); // what was called till then is answered

      List<String> rest = from.lines().filter(line -> !line.contains("progress\"")).toList();
      assertThat(rest).singleElement().asString().contains("\"id\":3", "\"type\":\"image\"");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String line(int id, String method, String parameters) {
    return "{\"jsonrpc\": \"2.0\", \"id\": %d, \"method\": \"%s\", \"params\": %s}"
        .formatted(id, method, parameters);
  }

  private static String call(int id, String settings, String more) {
    return line(
        id,
        "tools/call",
        "{\"name\": \"generate\", \"arguments\": {\"prompt\": \"a ring\", %s}%s}"
            .formatted(settings, more));
  }

  @Test
  void sigtermEndsItWhileItsInputIsOpen() throws IOException, InterruptedException {
    List<String> command = command();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream to = process.getOutputStream();
        BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
      to.write("no JSON\n".getBytes(StandardCharsets.UTF_8));
      to.flush();
      assertThat(from.readLine()).contains("-32700"); // it is at work
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
