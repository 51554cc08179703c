package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.openai.OfferedAdapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the examples of docs/api.md and docs/serving.md that are marked `sh run`, those of a file
/// one after another in one folder.
@Timeout(300)
class ApiExamplesTest extends ServerFixture {

  @Override
  protected Path model(Path own) throws IOException {
    return ModelCopy.inTwoSteps(own, POCKET);
  }

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sh run\n(.*?)^```$");
  private static final Pattern CURL = Pattern.compile("(?m)^curl ");

  @TempDir private static Path adapters;

  @TempDir Path folder;

  @Override
  protected ServerOptions options() {
    TestAdapter.write(adapters.resolve("stars-2"), 1);
    return super.options().withAdapters(new OfferedAdapters(List.of(), adapters));
  }

  @BeforeEach
  void letCurlFailWhereTheServerRefuses() throws IOException {
    Files.writeString(folder.resolve(".curlrc"), "silent\nshow-error\nfail-with-body\n");
  }

  @Test
  void everyExampleOfTheApiRuns() throws Exception {
    List<String> examples = examples("api.md");
    assertThat(examples).hasSizeGreaterThan(8);
    for (String example : examples) {
      run(example);
    }
    assertThat(TestPictures.size(folder.resolve("retouched.png")).toString()).isEqualTo("128x128");
    assertThat(TestPictures.size(folder.resolve("drawn.png")).toString()).isEqualTo("128x128");
  }

  @Test
  void everyExampleOfServingRuns() throws Exception {
    List<String> examples = examples("serving.md");
    assertThat(run(examples.getFirst())).contains("\"b64_json\":\"", "\"seed\":7");
    assertThat(run(examples.get(1))).contains("\"id\":\"pocket+stars\"", "\"deleted\":true");
    assertThat(run(examples.getLast()))
        .contains("{\"status\":\"alive\"}", "{\"status\":\"ready\"}", "dimoo_queue_capacity 32");
  }

  /// What is marked, which must be all that uses curl.
  private static List<String> examples(String file) throws IOException {
    String text = Files.readString(DOCS.resolve(file));
    List<String> examples = EXAMPLE.matcher(text).results().map(match -> match.group(1)).toList();
    long curls = examples.stream().flatMap(example -> CURL.matcher(example).results()).count();
    assertThat(CURL.matcher(text).results().count()).as("curls in " + file).isEqualTo(curls);
    for (String example : examples) {
      assertThat(example).contains("http://127.0.0.1:8080/");
    }
    return examples;
  }

  /// What an example prints.
  private String run(String example) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    String script = example.replace("http://127.0.0.1:8080/", uri("/").toString());
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "set -e -o pipefail\n" + script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CURL_HOME", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as("ended in time:\n" + script + text).isTrue();
    assertThat(process.exitValue()).as(script + text).isZero();
    return text;
  }
}
