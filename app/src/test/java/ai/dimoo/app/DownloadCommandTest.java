package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command around the download; the download itself is tested in core against a real server.
class DownloadCommandTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final Path GOLDEN = Path.of("../core/src/test/resources/golden/checkpoint");

  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Terminal terminal =
      new Terminal(new PrintWriter(out), new PrintWriter(err), new StopSignal(), false);

  @Test
  void printsTheFolderOfACheckpointThatIsThere() throws IOException {
    Path snapshot = home.resolve("hub/models--some--model/snapshots").resolve(COMMIT);
    for (String name :
        new String[] {
          "config.json",
          "model-00001-of-00002.safetensors",
          "model-00002-of-00002.safetensors",
          "model.safetensors.index.json",
          "vqvae/config.json",
          "vqvae/diffusion_pytorch_model.safetensors"
        }) {
      Files.createDirectories(snapshot.resolve(name).getParent());
      Files.copy(GOLDEN.resolve(name), snapshot.resolve(name));
    }
    Files.writeString(snapshot.resolve("tokenizer.json"), "{}");

    assertThat(download("some/model", "--revision", COMMIT)).isZero();

    assertThat(out.toString().strip()).isEqualTo(snapshot.toString());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void absentCheckpointIsOneLine() {
    assertThat(download("some/model")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("dimoo: HF_HUB_OFFLINE is set").contains("some/model");
  }

  @Test
  void impossibleNameIsOneLine() {
    assertThat(download("../../etc")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("../../etc");
  }

  @Test
  void progressEndsTheDownloadOnceStopIsAskedFor() {
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      progress.progress("model.safetensors", 600_000, 1_000_000);
      terminal.stop().stop();

      assertThatThrownBy(() -> progress.progress("model.safetensors", 700_000, 1_000_000))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(err.toString().strip()).isEqualTo("model.safetensors: 60% (0.6 of 1.0 MB)");
  }

  @Test
  void noNewTryIsPromisedOnceStopIsAskedFor() {
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      terminal.stop().stop();

      assertThatThrownBy(() -> progress.retrying("a", "it broke", Duration.ofSeconds(1)))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(err.toString()).isEmpty();
  }

  private int download(String... arguments) {
    Map<String, String> environment = Map.of("HF_HOME", home.toString(), "HF_HUB_OFFLINE", "1");
    String[] words = new String[arguments.length + 1];
    words[0] = "get";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return Main.commandLine(terminal)
        .addSubcommand("get", new DownloadCommand(terminal, environment))
        .setErr(terminal.err())
        .setOut(terminal.out())
        .execute(words);
  }
}
