package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the examples of docs/api.md that are marked `sh run`, one after another in one folder.
@Timeout(300)
class ApiExamplesTest extends ServerFixture {

  private static final Path DOCS = Path.of("../docs/api.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sh run\n(.*?)^```$");

  @TempDir Path folder;

  @Test
  void everyExampleRuns() throws Exception {
    List<String> examples =
        EXAMPLE.matcher(Files.readString(DOCS)).results().map(match -> match.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(8);
    Files.writeString(folder.resolve(".curlrc"), "silent\nshow-error\nfail-with-body\n");
    for (String example : examples) {
      assertThat(example).contains("http://127.0.0.1:8080/");
      run(example.replace("http://127.0.0.1:8080/", uri("/").toString()));
    }
    assertThat(TestPictures.size(folder.resolve("retouched.png")).toString()).isEqualTo("64x64");
    assertThat(TestPictures.size(folder.resolve("drawn.png")).toString()).isEqualTo("64x64");
  }

  private void run(String example) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "set -e -o pipefail\n" + example)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CURL_HOME", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as("ended in time:\n" + example + text).isTrue();
    assertThat(process.exitValue()).as(example + text).isZero();
  }
}
