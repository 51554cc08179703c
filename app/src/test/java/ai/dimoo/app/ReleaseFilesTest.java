package ai.dimoo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a release needs, and that its files agree.
class ReleaseFilesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of(
          "core",
          "train",
          "app",
          "integrations/langchain4j",
          "integrations/spring-ai",
          "integrations/spark");

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static String first(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .findFirst()
        .map(result -> result.group(1))
        .orElseThrow(() -> new AssertionError("no " + pattern));
  }

  @Test
  void allFilesNameTheSameVersion() throws IOException {
    String version = first("<version>([^<]+)</version>", read("pom.xml"));
    assertThat(version).isEqualTo(ai.dimoo.Version.dimoo());
    for (String module : MODULES) {
      assertThat(first("<parent>.*?<version>([^<]+)</version>", read(module + "/pom.xml")))
          .as(module)
          .isEqualTo(version);
    }
    assertThat(first("<version>([^<]+)</version>", read("bom/pom.xml"))).isEqualTo(version);
    assertThat(
            first("dimoo-bom</artifactId>\\s*<version>([^<]+)</version>", read("docs/library.md")))
        .isEqualTo(version);
    assertThat(first("\n## ([^\n]+)\n", read("CHANGELOG.md"))).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "bom/pom.xml"})
  void parentsSayWhatCentralAsksFor(String file) throws IOException {
    String pom = read(file);
    assertThat(pom)
        .contains("<name>", "<description>", "<url>", "<license>", "<developer>", "<connection>");
    for (String property : List.of("repository.url", "project.build.outputTimestamp")) {
      String pattern = "<" + property + ">([^<]+)<";
      assertThat(first(pattern, pom)).isEqualTo(first(pattern, read("pom.xml")));
    }
  }

  @Test
  void everyModuleHasAName() throws IOException {
    for (String module : MODULES) {
      String pom = read(module + "/pom.xml");
      assertThat(first("<module.name>([^<]+)<", pom)).matches("ai\\.dimoo(\\.[a-z0-9]+)?");
      assertThat(pom).contains("<description>");
    }
  }

  @Test
  void integrationsOfTheDocsAreThoseThatAreTested() throws IOException {
    String docs = read("docs/integrations.md");
    String pom = read("pom.xml");
    for (MatchResult found :
        Pattern.compile(
                "<artifactId>(langchain4j-core|spring-ai-model|spring-boot-starter)</artifactId>\\s*"
                    + "<version>([^<]+)</version>")
            .matcher(docs)
            .results()
            .toList()) {
      String property = found.group(1).replaceFirst("-(core|model|starter)$", "") + ".version";
      assertThat(found.group(2)).isEqualTo(first("<" + property + ">([^<]+)<", pom));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/try-library", "bin/check-reproducible", "packaging/test-bundle"})
  @EnabledIfEnvironmentVariable(
      named = "DIMOO_SLOW_TESTS",
      matches = "1",
      disabledReason = "takes minutes and builds everything again; DIMOO_SLOW_TESTS=1 runs it")
  void scriptsOfTheReleaseSucceed(String script) throws Exception {
    Process process =
        new ProcessBuilder(ROOT.resolve(script).toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
