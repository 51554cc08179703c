package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `dimoo serve` refuses before it serves. `TerminationTest` runs it.
class ServeCommandTest {

  @TempDir private Path folder;

  @Test
  void othersThanThisMachineNeedAKey() {
    assertMisused(serve("--host", "0.0.0.0"), "--api-keys", "DIMOO_API_KEYS", "--no-auth");
    assertMisused(serve("--host", "::"), "--api-keys");
  }

  @Test
  void keysMustBeUsable() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "alice:short");

    assertMisused(serve("--api-keys", keys.toString()), "line 1", "at least 12");
    assertMisused(serve("--api-keys", folder.resolve("none").toString()), "There is no file");
  }

  @Test
  void keysAndTheWordThatNoneAreWantedContradict() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "alice:long-enough-key");

    assertMisused(serve("--api-keys", keys.toString(), "--no-auth"), "--no-auth");
  }

  @Test
  void limitsAndOriginsMustBeUsable() {
    assertMisused(serve("--queue", "0"), "queue is 0");
    assertMisused(serve("--port", "99999"), "--port is 99999, expected a number from 0 to 65535");
    assertMisused(serve("--time-limit", "-1"), "--time-limit is -1");
    assertMisused(serve("--batch", "0"), "--batch is 0");
    assertMisused(serve("--max-body", "0"), "bytes of a body");
    assertMisused(serve("--cors-origin", "example.com"), "https://example.com");
  }

  @Test
  void adaptersMustBeUsable() {
    assertMisused(serve("--adapter", "stars"), "--adapter is stars", "NAME=DIR");
    assertMisused(serve("--adapter", "a+b=x"), "name is a+b");
    assertMisused(serve("--adapter", "a=x", "--adapter", "a=y"), "Two adapters are called a");
    assertMisused(
        serve("--port=0", "--model=../models/pocket", "--adapter", "stars=" + folder),
        "adapter_config.json");
    assertMisused(
        serve("--adapters-folder", folder.resolve("none").toString()), "--adapters-folder");
  }

  @Test
  void portOfAnotherIsSaid() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          serve("--port", Integer.toString(other.getLocalPort()), "--model=../models/pocket");

      assertThat(run.status()).isEqualTo(ErrorReport.ENVIRONMENT);
      assertThat(run.err()).contains("Cannot listen at 127.0.0.1", "--port");
    }
  }

  @Test
  void theModelIsLookedAtBeforeThePortIsOpened() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertMisused(serve("--port", port, "--model", folder.toString()), folder.toString());
      assertMisused(
          serve("--port", port, "--model=../models/pocket", "--adapter", "stars=" + folder),
          "adapter_config.json");
    }
  }

  private static CommandRun serve(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "serve";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return CommandRun.of(arguments);
  }

  private static void assertMisused(CommandRun run, String... parts) {
    assertThat(run.status()).isEqualTo(ErrorReport.USER);
    assertThat(run.err().lines()).singleElement().asString().contains(parts);
  }
}
