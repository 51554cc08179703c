package ai.dimoo.springai.example;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The example of docs/integrations.md, as it stands there: compiled, run as a Spring Boot
/// application, and compared with the page.
class DrawAndAskTest {

  private static final Path PAGE = Path.of("../../docs/integrations.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/ai/dimoo/springai/example/DrawAndAsk.java");

  @Test
  void theExampleRuns() {
    try (ConfigurableApplicationContext application =
        SpringApplication.run(
            DrawAndAsk.class, "--dimoo.model=../../models/pocket", "--dimoo.image.seed=7")) {
      assertThat(application.getBean(Dimoo.class).model().name()).isEqualTo("pocket");
    }
  }

  @Test
  void thePageShowsIt() throws IOException {
    String example = blocks(EXAMPLE, "(?ms)^// example\\n(.*?)^// end$").getFirst();

    assertThat(blocks(PAGE, "(?ms)^```java\\n(.*?)^```$")).contains(example);
  }

  private static List<String> blocks(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file).replace("\r\n", "\n"))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
