package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A stream that waits is told how many requests come first.
@Timeout(300)
class QueuePlaceTest extends ServerFixture {

  private static final String QUEUED = "event: dimoo.queued";
  private static final String SHORT =
      "{\"prompt\": \"a circle\", \"timesteps\": 1, \"stream\": true%s}";
  private static final String QUESTION =
      """
      {"stream": true, "progress": true, "messages": [{"role": "user", "content": [
        {"type": "text", "text": "How many circles are there?"},
        {"type": "image_url", "image_url": {"url": "%s"}}]}]}\
      """
          .formatted(TestPictures.url(TestPictures.png()));

  @Test
  void everyStreamIsToldItsPlaceAndWhenThatChanges() throws Exception {
    try (RawConnection question = connect();
        RawConnection last = connect()) {
      try (RawConnection running = LongRequests.begin(server(), 1)) {
        try (RawConnection second = connect()) {
          second.post(LongRequests.PATH, LongRequests.streamed(2));
          assertThat(before(second)).isEqualTo(1);
          question.post("/v1/chat/completions", QUESTION);
          assertThat(before(question)).isEqualTo(2);
          last.post(LongRequests.PATH, SHORT.formatted(", \"progress\": true"));
          assertThat(before(last)).isEqualTo(3);
        } // goes away
        assertThat(before(question)).isEqualTo(1);
        assertThat(before(last)).isEqualTo(2);
      }
      assertThat(question.lineThatBeginsWith("data: [DONE]")).isNotNull();
      assertThat(last.lineThatBeginsWith("event: image_generation")).endsWith(".completed");
    }
  }

  @Test
  void whoDoesNotAskIsNotTold() throws Exception {
    try (RawConnection waiting = connect()) {
      try (RawConnection running = LongRequests.begin(server(), 2)) {
        waiting.post(LongRequests.PATH, SHORT.formatted(""));
        assertThat(waiting.lineThatBeginsWith(": still at work")).isNotNull();
      }
      assertThat(waiting.lineThatBeginsWith("event: ")).endsWith(".completed");
    }
  }

  @Test
  void aStreamThatBeginsAtOnceHasNoPlace() throws Exception {
    String events = post(LongRequests.PATH, SHORT.formatted(", \"progress\": true")).body();

    assertThat(events).contains("event: dimoo.progress").doesNotContain(QUEUED);
  }

  private static int before(RawConnection stream) throws IOException {
    stream.lineThatBeginsWith(QUEUED);
    return json(stream.line().substring("data: ".length())).path("before").asInt(-1);
  }
}
