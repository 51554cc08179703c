package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The version that the docs tell to add to a build is the one that this build makes.
class DocsVersionTest {

  private static final Pattern PROJECT = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<artifactId>dimoo-\\w+</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void theLibrarysPageNamesTheProjectsVersion() throws IOException {
    String own = versions(PROJECT, "../pom.xml").getFirst();
    assertThat(versions(DEPENDENCY, "../docs/library.md")).isNotEmpty().containsOnly(own);
  }

  private static List<String> versions(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
