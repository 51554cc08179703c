package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Uses the page in a real browser: `src/test/browser/page-test.mjs` says what is done. Needs Node.js
/// and Chromium (`bin/install-chromium`); where they are missing it is skipped, and fails in CI.
class PageInBrowserTest extends ServerFixture {

  private static final Path SCRIPTS = Path.of("src/test/browser");
  private static final Path RESULTS = Path.of("target/page");
  private static final String KEY = "a-key-for-the-page";
  private static final List<String> BROWSERS =
      List.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  @Test
  void pageDoesInABrowserWhatItPromises() throws Exception {
    Path node = need("node", "install Node.js 20 or newer", "node");
    Path npm = need("npm", "install npm", "npm");
    Path browser =
        need("Chromium", "run bin/install-chromium", BROWSERS.toArray(String[]::new));
    installPlaywright(npm);
    Access keys = Access.of(ApiKeys.ofList("page:" + KEY, "the test"));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

    try (DimooServer guarded =
        DimooServer.start(dimoo(), options().withAccess(keys), nowhere)) {
      Map<String, String> environment =
          Map.of(
              "DIMOO_PAGE", uri("/").toString(),
              "DIMOO_PAGE_KEY", "http://127.0.0.1:" + guarded.port() + "/",
              "DIMOO_KEY", KEY,
              "DIMOO_CHROMIUM", browser.toString(),
              "DIMOO_PICTURES", RESULTS.toAbsolutePath().toString());
      run(15, environment, node.toString(), "page-test.mjs");
    }
  }

  /// Installs what the lock file lists, unless that was done before.
  private static void installPlaywright(Path npm) throws Exception {
    Path lock = SCRIPTS.resolve("package-lock.json");
    Path installed = SCRIPTS.resolve("node_modules/.package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) < 0) {
      run(10, Map.of(), npm.toString(), "ci", "--no-audit", "--no-fund");
    }
  }

  private static void run(int minutes, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Files.createDirectories(RESULTS);
    Path output = RESULTS.resolve(Path.of(command[0]).getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
      assertThat(ended ? process.exitValue() : -1)
          .as("%s:%n%s", String.join(" ", command), Files.readString(output))
          .isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// The first of these programs that is there.
  private static Path need(String what, String remedy, String... names) {
    Optional<Path> found =
        Stream.of(names).flatMap(PageInBrowserTest::places).filter(Files::isExecutable).findFirst();
    if (found.isEmpty()) {
      String message = "There is no %s to test the page with: %s.".formatted(what, remedy);
      if (System.getenv("CI") != null) {
        fail(message);
      }
      abort(message);
    }
    return found.get();
  }

  private static Stream<Path> places(String name) {
    return name.contains("/")
        ? Stream.of(Path.of(name))
        : Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name));
  }
}
