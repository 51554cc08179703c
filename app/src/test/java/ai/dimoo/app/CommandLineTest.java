package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @Test
  void printsVersions() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .matches("dimoo \\d+\\.\\d+\\.\\d+\\S* \\(LibTorch 2\\.\\d+\\S*, Java \\d+, .*\\)\\R");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void versionLoadsNothingOfLibTorch() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--version")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("ai.dimoo.app.VersionLine ").doesNotContain("org.bytedeco.");
  }

  /// As a shell makes of a variable that is not set; it does not mean the current folder.
  @ParameterizedTest
  @CsvSource({
    "generate circle -o, --output",
    "generate circle --lora, --lora is empty",
    "generate circle --model, The model's name is empty",
    "generate --prompts, --prompts",
    "ask what -i, --image",
    "prepare, DATA",
    "prepare ../models, OUTPUT",
    "train lora tokens -o, --output",
    "train lora, DATA",
    "merge --lora adapter -o copy, The model's name is empty",
    "inspect, The model's name is empty"
  })
  void anEmptyPathIsRefused(String arguments, String named) {
    CommandRun run = CommandRun.of((arguments + " ").split(" ", -1));

    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(named).contains("empty").hasLineCount(1);
  }

  @Test
  void helpGoesToStandardOutput() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: dimoo ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void unknownOptionIsOneLineWithASuggestion() {
    CommandRun run = CommandRun.of("--versoin");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "dimoo: Unknown option --versoin; did you mean --version? See `dimoo --help`.\n");
  }

  @Test
  void wordsWithoutQuotesAreToldToHaveThem() {
    assertThat(CommandRun.of("generate", "a", "fox").err())
        .isEqualToNormalizingNewlines(
            "dimoo: Unexpected argument fox: put the whole prompt in quotes. See `dimoo generate --help`.\n");
    for (String command : List.of("edit", "inpaint", "outpaint", "retouch")) {
      assertThat(CommandRun.of(command, "-i", "x.png", "a", "fox").err())
          .contains("Unexpected argument fox: put the whole prompt in quotes.");
    }
    CommandRun ask = CommandRun.of("ask", "-i", "x.png", "Is", "it", "red?");
    assertThat(ask.status()).isEqualTo(2);
    assertThat(ask.err()).contains("Unexpected argument it: put the whole question in quotes.");
  }

  @Test
  void unknownCommandIsOneLineWithASuggestion() {
    CommandRun run = CommandRun.of("inspct");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("inspct", "did you mean inspect");
  }

  @Test
  void noCommandNamesTheCommands() {
    CommandRun run = CommandRun.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("dimoo: No command given.").contains("inspect");
  }
}
