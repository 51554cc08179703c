package ai.dimoo.server;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.dimoo.Dimoo;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.server.openai.NamedAdapter;
import ai.dimoo.server.openai.OfferedAdapters;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// Uses the page in a real browser: `src/test/browser/page-test.mjs` says what is done there.
/// Without a Chromium (`bin/install-chromium`) it is skipped, and fails in CI.
class PageInBrowserTest extends ServerFixture {

  private static final NodeScripts SCRIPTS =
      new NodeScripts(Path.of("src/test/browser"), Path.of("target/browser"));
  private static final Path PICTURES = Path.of("target/page");
  private static final Path IN_DOCS = Path.of("../docs/images/page.png");
  private static final String KEY = "a-key-for-the-page";
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Path BROWSER_ON_A_MAC =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  @TempDir private Path folder;

  /// The model behind the page that asks for a key.
  @Override
  protected Path model(Path own) throws IOException {
    return ModelCopy.ofSixShapes(own, POCKET);
  }

  @Test
  void pageDoesInABrowserWhatItPromises() throws Exception {
    Path browser = browser();
    Access keys = Access.of(ApiKeys.ofList("page:" + KEY, "the test"));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

    try (DimooServer guarded = DimooServer.start(dimoo(), options().withAccess(keys), nowhere);
        Dimoo unlimited = Dimoo.open(ModelCopy.unlimited(folder, POCKET));
        DimooServer open = DimooServer.start(unlimited, options(), nowhere);
        Dimoo fast = Dimoo.open(SpeedsTest.fast(Files.createDirectory(folder.resolve("fast"))));
        DimooServer adapted = DimooServer.start(fast, options().withAdapters(stars()), nowhere)) {
      Map<String, String> environment =
          Map.of(
              "DIMOO_PAGE",
              "http://127.0.0.1:" + open.port() + "/",
              "DIMOO_PAGE_ADAPTED",
              "http://127.0.0.1:" + adapted.port() + "/",
              "DIMOO_PAGE_KEY",
              "http://127.0.0.1:" + guarded.port() + "/",
              "DIMOO_KEY",
              KEY,
              "DIMOO_CHROMIUM",
              browser.toString(),
              "DIMOO_PICTURES",
              PICTURES.toAbsolutePath().toString());
      SCRIPTS.run(Duration.ofMinutes(20), environment, "page-test.mjs");
    }
  }

  private OfferedAdapters stars() {
    Path adapter = TestAdapter.write(folder.resolve("stars"), 1);
    NamedAdapter named = new NamedAdapter("stars", new AdapterChoice(adapter, 1));
    return new OfferedAdapters(List.of(named), null);
  }

  /// Renews the picture of the page in the docs, where that is asked for.
  @Test
  @EnabledIfEnvironmentVariable(named = "DIMOO_WRITE_DOCS", matches = "1")
  void pictureOfThePageIsOfThePocketModel() throws Exception {
    Path browser = browser();
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    try (Dimoo pocket = Dimoo.open(POCKET);
        DimooServer server = DimooServer.start(pocket, options(), nowhere)) {
      Map<String, String> environment =
          Map.of(
              "DIMOO_PAGE",
              "http://127.0.0.1:" + server.port() + "/",
              "DIMOO_CHROMIUM",
              browser.toString(),
              "DIMOO_PICTURE",
              IN_DOCS.toAbsolutePath().normalize().toString());
      SCRIPTS.run(Duration.ofMinutes(10), environment, "page-picture.mjs");
    }
  }

  private static Path browser() {
    Stream<Path> onPath =
        BROWSERS.stream()
            .flatMap(name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)));
    return Stream.concat(onPath, Stream.of(BROWSER_ON_A_MAC))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(PageInBrowserTest::noBrowser);
  }

  private static Path noBrowser() {
    String message = "There is no Chromium to test the page with: run bin/install-chromium.";
    if (System.getenv("CI") != null) {
      return fail(message);
    }
    return abort(message);
  }
}
