package ai.dimoo.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The example of docs/spark.md, as it stands there: compiled, run, compared with the page.
class DrawAndAskTest {

  private static final Path PAGE = Path.of("../../docs/spark.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/ai/dimoo/spark/example/DrawAndAsk.java");

  @Test
  void theExampleRuns() throws Exception {
    DrawAndAsk.main(new String[] {Path.of("../../models/pocket").toAbsolutePath().toString()});
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
