package ai.dimoo.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The example of docs/integrations.md, as it stands there: compiled, run, compared with the page.
class DrawAndAskTest {

  private static final Path PAGE = Path.of("../../docs/integrations.md");
  private static final Path EXAMPLE = Path.of("src/test/java/ai/dimoo/langchain4j/DrawAndAsk.java");

  @Test
  void theExampleRuns() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream terminal = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      DrawAndAsk.main(new String[] {"../../models/pocket"});
    } finally {
      System.setOut(terminal);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).strip())
        .isIn("zero", "one", "two", "three", "four");
  }

  @Test
  void thePageShowsIt() throws IOException {
    String example = blocks(EXAMPLE, "(?ms)^ *// example\\n(.*?)^ *// end$").getFirst();
    String onThePage =
        example
            .stripTrailing()
            .stripIndent()
            .concat("\n")
            .replace("open(model)", "open(Path.of(\"models/pocket\"))");

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
