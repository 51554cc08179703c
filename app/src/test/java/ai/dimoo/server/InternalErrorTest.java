package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// A failure that nobody foresaw: the program that runs the server closes the model beneath it,
/// against the rule that the server goes first.
@Timeout(120)
class InternalErrorTest extends ServerFixture {

  private static final String EDITS = "/v1/images/edits";
  private static final String WORDS = "{\"prompt\":\"a circle\",\"timesteps\":1,\"stream\":%b}";

  @Test
  void clientsLearnThatItIsABugAndTheLogHasTheDetails() throws Exception {
    String plain = WORDS.formatted(false);
    assertThat(post(LongRequests.PATH, plain).statusCode()).isEqualTo(200);
    dimoo().close();

    HttpResponse<String> answer = post(LongRequests.PATH, plain);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    assertBug(json(answer));
    assertThat(logOf(answer).getLast()).contains(" status=500 refused=internal_error ");
    assertThat(log())
        .contains(" failed:", "IllegalStateException: the engine is closed", "\tat ai.dimoo.");

    assertThat(get("/ready").statusCode()).as("after one failure").isEqualTo(200);
    HttpResponse<String> stream = post(LongRequests.PATH, WORDS.formatted(true));
    assertThat(stream.statusCode()).isEqualTo(200); // sent before anything failed
    assertBug(json(lineAfter("event: error", stream.body()).substring("data: ".length())));
    HttpResponse<String> edit =
        send(
            new MultipartBody("b")
                .text("prompt", "a")
                .nameless("image", TestPictures.png())
                .post(request(EDITS)));
    assertThat(edit.statusCode()).isEqualTo(500);
    assertBug(json(edit));

    HttpResponse<String> ready = get("/ready");
    assertThat(ready.statusCode()).as("after three in a row").isEqualTo(503);
    assertThat(code(ready)).isEqualTo("engine_failed");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(metric("dimoo_jobs_total{outcome=\"failed\"}")).isEqualTo(3);
    assertThat(metric("dimoo_running")).isZero();
  }

  private static void assertBug(JsonNode body) {
    assertThat(body.at("/error/code").asString()).isEqualTo("internal_error");
    assertThat(body.at("/error/type").asString()).isEqualTo("server_error");
    assertThat(body.at("/error/message").asString())
        .contains("its log has the details")
        .doesNotContain("engine is closed", "Exception", "ai.dimoo");
  }

  private static String lineAfter(String line, String text) {
    return text.lines().dropWhile(each -> !each.equals(line)).skip(1).findFirst().orElseThrow();
  }
}
