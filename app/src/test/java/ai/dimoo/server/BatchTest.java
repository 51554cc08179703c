package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.ModelOptions;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that are computed at the same time: each begins while another is certainly under way.
@Timeout(300)
class BatchTest extends ServerFixture {

  private static final String JOINED = "dimoo_jobs_joined_total";
  private static final String SHORT =
      "{\"prompt\": \"a blue square\", \"timesteps\": 3, \"seed\": 5, \"stream\": %b%s}";
  private static final String STEPS = ", \"progress\": true";
  private static final String QUESTION =
      """
      {"messages": [{"role": "user", "content": [
        {"type": "text", "text": "How many circles are there?"},
        {"type": "image_url", "image_url": {"url": "%s"}}]}]}\
      """
          .formatted(TestPictures.url(TestPictures.png()));

  private String alone;
  private double joined;

  @Override
  protected ModelOptions modelOptions() {
    return ModelOptions.DEFAULT.withSideBySide(2);
  }

  @BeforeEach
  void makeAlone() throws Exception {
    alone = made(post(LongRequests.PATH, SHORT.formatted(false, "")));
    joined = metric(JOINED);
  }

  @AfterEach
  void leaveNothing() throws Exception {
    until(() -> metric("dimoo_running") == 0);
  }

  private static String made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer).at("/data/0/b64_json").asString();
  }

  @Test
  void aPictureMadeBesideAnotherHasTheBitsThatItHasAlone() throws Exception {
    try (RawConnection other = LongRequests.begin(server(), 1)) {
      assertThat(made(post(LongRequests.PATH, SHORT.formatted(false, "")))).isEqualTo(alone);
      assertThat(metric(JOINED)).as("the other is under way").isEqualTo(joined + 1);
      assertThat(other.lineThatBeginsWith("event: dimoo.progress")).isNotNull();
    }
    until(() -> metric(JOINED) == joined + 2);
  }

  @Test
  void ofThreeOneWaitsAndTakesThePlaceThatIsLeft() throws Exception {
    try (RawConnection first = LongRequests.begin(server(), 1);
        RawConnection third = connect()) {
      try (RawConnection second = LongRequests.begin(server(), 2)) {
        assertThat(metric("dimoo_running")).isEqualTo(2);
        third.post(LongRequests.PATH, SHORT.formatted(true, STEPS));
        third.lineThatBeginsWith("event: dimoo.queued");
        assertThat(third.line()).contains("\"before\":2");
      }
      assertThat(completed(third)).isEqualTo(alone);
      assertThat(first.lineThatBeginsWith("event: dimoo.progress")).isNotNull();
    }
  }

  @Test
  void oneWhoLeavesUnderWayLeavesTheOtherWhole() throws Exception {
    try (RawConnection staying = connect()) {
      try (RawConnection leaving = LongRequests.begin(server(), 3)) {
        staying.post(LongRequests.PATH, SHORT.formatted(true, STEPS));
        staying.lineThatBeginsWith("event: dimoo.progress");
      }
      assertThat(completed(staying)).isEqualTo(alone);
      until(() -> metric(JOINED) == joined + 2);
    }
  }

  @Test
  void aFailureIsOnlyThatRequests() throws Exception {
    try (RawConnection other = LongRequests.begin(server(), 4)) {
      String tooLong = "{\"prompt\":\"%s\"}".formatted("a ".repeat(3900)); // which the model finds
      assertThat(post(LongRequests.PATH, tooLong).statusCode()).isEqualTo(400);

      assertThat(other.lineThatBeginsWith("event: dimoo.progress")).isNotNull();
      assertThat(metric(JOINED)).isEqualTo(joined + 1);
    }
  }

  @Test
  void aQuestionIsAnsweredBesideAPicture() throws Exception {
    String answer = answer(post("/v1/chat/completions", QUESTION));
    try (RawConnection other = LongRequests.begin(server(), 5)) {
      assertThat(answer(post("/v1/chat/completions", QUESTION))).isEqualTo(answer);
      assertThat(metric(JOINED)).isEqualTo(joined + 1);
    }
  }

  private static String answer(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer).at("/choices/0/message/content").asString();
  }

  private static String completed(RawConnection stream) throws Exception {
    stream.lineThatBeginsWith("event: image_generation.completed");
    return json(stream.line().substring("data: ".length())).path("b64_json").asString();
  }
}
