package ai.dimoo.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// OpenAI's JavaScript client, in a process of node.
final class JavaScriptClient {

  private static final NodeScripts SCRIPTS =
      new NodeScripts(Path.of("src/test/javascript"), Path.of("target/javascript"));

  private JavaScriptClient() {}

  /// What a script of `src/test/javascript` prints.
  static String run(String script, String... arguments) throws IOException, InterruptedException {
    return SCRIPTS.run(Duration.ofSeconds(60), Map.of(), script, arguments);
  }
}
