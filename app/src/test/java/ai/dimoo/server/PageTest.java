package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest extends ServerFixture {

  /// What a page loads: a link to somewhere else is none.
  private static final Pattern REFERENCE =
      Pattern.compile("<(?!a )[^>]* (?:src|href)=\"([^\"]+)\"|from '\\./([^']+)'");

  @Test
  void everyFileThatThePageNamesIsServedWithItsType() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'");
    for (String name : references(page.body())) {
      HttpResponse<String> part = get("/" + name);
      assertThat(part.statusCode()).as(name).isEqualTo(200);
      assertThat(header(part, "Content-Type")).as(name).startsWithIgnoringCase(type(name));
      for (String imported : references(part.body())) {
        assertThat(get("/page/" + imported).statusCode()).as(imported).isEqualTo(200);
      }
    }
  }

  @Test
  void pageHasNoScriptOrStyleOfItsOwnAndNamesNoOtherHost() throws Exception {
    String page = get("/").body();

    assertThat(page).doesNotContain("<style", " style=", "javascript:");
    assertThat(page)
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern(" on\\w+=");
    assertThat(references(page)).noneMatch(name -> name.contains(":") || name.startsWith("//"));
  }

  @Test
  void browserThatHasAFileIsToldThatItIsStillTheSame() throws Exception {
    HttpResponse<String> first = get("/page/main.js");

    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<String> second = get("/page/main.js", "If-None-Match", header(first, "ETag"));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/page",
        "/page/",
        "/page/index.html",
        "/page/../Page.class",
        "/page/..%2FPage.class",
        "/page/%2e%2e/Page.class",
        "/ai/dimoo/server/page/main.js"
      })
  void nothingElseIsServed(String path) throws IOException, InterruptedException {
    assertThat(get(path).statusCode()).isBetween(400, 404);
  }

  private static List<String> references(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1) == null ? found.group(2) : found.group(1))
        .distinct()
        .toList();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript";
      case "css" -> "text/css";
      default -> "image/svg+xml";
    };
  }
}
