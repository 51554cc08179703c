package ai.dimoo.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import scala.Console;

/// The example of docs/spark.md, as it stands there: compiled, run, compared with the page.
class DrawAndAskTest {

  private static final Path PAGE = Path.of("../../docs/spark.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/ai/dimoo/spark/example/DrawAndAsk.java");

  @Test
  void theExampleRuns() {
    String model = Path.of("../../models/pocket").toAbsolutePath().toString();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Console.withOut(
        printed,
        () -> {
          try {
            DrawAndAsk.main(new String[] {model});
            return true;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });

    Map<String, String> rows =
        printed
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("[|](one|two|three|four) *[|].*"))
            .collect(Collectors.toMap(line -> line.substring(1).split("[ |]")[0], line -> line));
    assertThat(rows).hasSize(4);
    assertThat(rows.get("one"))
        .as("an answer, and no error")
        .matches(".*[|][01]\\.0 *[|]NULL *[|]");
    assertThat(rows.get("three")).contains("The prompt is empty");
    assertThat(rows.get("four")).contains("joystick");
  }

  @Test
  void thePageShowsIt() throws IOException {
    String example = blocks(EXAMPLE, "(?ms)^ *// example\\n(.*?)^ *// end$").getFirst();
    String onThePage =
        example
            .stripTrailing()
            .stripIndent()
            .concat("\n")
            .replace("SparkModel.at(folder)", "SparkModel.at(\"/models/pocket\")");

    assertThat(blocks(PAGE, "(?ms)^```java\\n(.*?)^```$")).contains(onThePage);
  }

  private static List<String> blocks(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file).replace("\r\n", "\n"))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
