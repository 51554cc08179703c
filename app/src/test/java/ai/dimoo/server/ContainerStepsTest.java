package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The steps of the Dockerfile, run without a container engine, and what its files agree on.
class ContainerStepsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void filesThatRunTheServerAgreeOnItsFolderAndOptions() throws IOException {
    String dockerfile = Files.readString(ROOT.resolve("Dockerfile"));
    String compose = Files.readString(ROOT.resolve("compose.yaml"));
    String unit = Files.readString(ROOT.resolve("packaging/dimoo.service"));

    assertThat(dockerfile)
        .contains(
            "RUN packaging/assemble /opt/dimoo",
            "COPY --from=build /opt/dimoo /opt/dimoo",
            "CMD [\"/opt/dimoo/bin/healthcheck\"]",
            "ENTRYPOINT [\"/opt/dimoo/bin/dimoo\"]",
            "USER dimoo");
    assertThat(unit).contains("ExecStart=/opt/dimoo/bin/dimoo serve");
    List<String> options = Files.readAllLines(Path.of("src/test/resources/cli/options.txt"));
    for (String file : List.of(dockerfile, compose, unit)) {
      for (String word : file.split("[\\s\",\\[\\]]+")) {
        if (word.matches("--(host|port|grace|api-keys|model|no-auth|log-prompts|queue)")) {
          assertThat(options).contains("dimoo serve " + word);
        }
      }
    }
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs bash and Linux's LibTorch")
  @EnabledIfEnvironmentVariable(
      named = "DIMOO_SLOW_TESTS",
      matches = "1",
      disabledReason = "takes a minute; packaging/test-image does the same")
  @EnabledIf(value = "isBuilt", disabledReason = "nothing is built yet: run ./mvnw package first")
  void assembledFolderServesWithoutAnythingElse() throws Exception {
    Process process =
        new ProcessBuilder(ROOT.resolve("packaging/test-image").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("test-image: ok");
  }

  static boolean isBuilt() {
    return Files.isDirectory(Path.of("target/dist/lib"));
  }
}
