package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.server.metrics.ServerMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class AccessLogTest extends ServerFixture {

  private static final String IMAGES = "/v1/images/generations";

  @Test
  void aLineTellsWhatWasMadeButNotThePrompt() throws Exception {
    HttpResponse<String> answer =
        post(IMAGES, "{\"prompt\":\"a secret circle\",\"timesteps\":3,\"n\":2,\"size\":\"64x32\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(logOf(answer))
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\S+Z req_[0-9a-f]{32} client=127\\.0\\.0\\.1"
                + " POST /v1/images/generations status=200"
                + " task=text_to_image size=64x32 steps=3 pictures=2"
                + " queue=\\d+\\.\\d{3} compute=\\d+\\.\\d{3} time=\\d+\\.\\d{3}");
    assertThat(log()).doesNotContain("secret circle");
  }

  /// A multi-view task names any view, and with the reference's prompts any name is a task.
  @Test
  void noClientWritesALineOfItsOwn() throws Exception {
    String body =
        "{\"task\":\"multi_view_left\\nforged status=200\\u001b[2J\",\"timesteps\":1,\"image\":\"%s\"}"
            .formatted(TestPictures.url(TestPictures.png()));
    HttpResponse<String> answer = post("/v1/images/edits", body);

    assertThat(logOf(answer))
        .singleElement()
        .asString()
        .contains(" task=multi_view_left\\u000aforged");
    assertThat(log().lines()).noneMatch(line -> line.startsWith("forged"));
    assertThat(log()).doesNotContain("\u001b");
  }

  @Test
  void aRefusalIsNamed() throws Exception {
    assertThat(logOf(post(IMAGES, "{}")))
        .singleElement()
        .asString()
        .contains(" status=400 refused=invalid_value ");
  }

  @Test
  void stepsThatARequestLeavesToTheModelAreTheModels() throws Exception {
    HttpResponse<String> answer = post(IMAGES, "{\"prompt\":\"a circle\",\"quality\":\"low\"}");
    int usual = dimoo().defaults().textToImage().timesteps();

    assertThat(logOf(answer)).singleElement().asString().contains(" steps=" + usual / 2 + " ");
  }

  @Test
  void noMessageWritesALineOfItsOwn() {
    StringWriter written = new StringWriter();
    try (ServerMetrics metrics = new ServerMetrics()) {
      AccessLog log = new AccessLog(new PrintWriter(written), false, metrics);
      String forged = "a name\r\n2026-01-01T00:00:00Z req_1 \u001b[2J\u0000";
      log.failure("req_2", new IllegalStateException(forged, new RuntimeException(forged)));
      log.failure("req_3", new EnvironmentException(forged));
    }
    assertThat(written.toString().lines())
        .allSatisfy(line ->
            assertThat(line).matches("[^\\p{Cntrl}]*|\tat .*").doesNotMatch("2026-01-01.*"));
    assertThat(written.toString()).contains("a name\\u000d\\u000a2026", "Caused by: ");
  }
}
