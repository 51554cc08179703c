package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Size;
import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// A client that sends its request again gets the picture that is being made already.
@Timeout(600)
class ImageRetriesTest extends ServerFixture {

  /// A client has as long as a slow machine takes to come back.
  @Override
  protected ServerOptions options() {
    return super.options().withLimits(Limits.DEFAULT.withRetryTime(PATIENCE));
  }

  private static final int STEPS = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  void theSameFieldsAndPicturesAreTheSameRequestWhateverPartsThem() throws Exception {
    CompletableFuture<HttpResponse<String>> first;
    CompletableFuture<HttpResponse<String>> again;
    CompletableFuture<HttpResponse<String>> other;
    try (RawConnection running = LongRequests.begin(server(), 1)) {
      first = send("first", 0, TestPictures.png());
      until(() -> metric("dimoo_queue_length") == 1);
      again = send("second", 1, TestPictures.png());
      other = send("first", 1, TestPictures.png(128, 128, 0));
      until(() -> metric("dimoo_queue_length") == 2); // the other; by then the retry has joined
    }
    assertThat(pictures(again)).isEqualTo(pictures(first));
    assertThat(pictures(other)).isNotEqualTo(pictures(first));
  }

  @Test
  void whatIsSentAgainWhenTheConnectionBrokeJoinsTheJobThatRuns() throws Exception {
    double steps = metric("dimoo_steps_total");
    double done = jobsDone();
    long left = clientsThatLeft();
    String body = "{\"prompt\":\"a red circle\",\"timesteps\":%d}".formatted(STEPS);
    try (RawConnection first = connect()) {
      first.post(LongRequests.PATH, body);
      until(() -> metric("dimoo_steps_total") > steps);
    }
    // before the server knows, the same request looks like another client's
    until(() -> clientsThatLeft() > left);
    HttpResponse<String> answer = sendAgain(body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String base64 = json(answer).at("/data/0/b64_json").asString();
    assertThat(TestPictures.picture(base64).size()).isEqualTo(new Size(128, 128));
    assertAllWasDoneOnce(steps + STEPS, done + 1);
  }

  @Test
  void theTimeToComeBackIsLongerThanTheWaitOfClients() {
    // OpenAI's clients wait 8 seconds at most between two attempts
    assertThat(Limits.DEFAULT.retryTime()).isGreaterThan(Duration.ofSeconds(8));
  }

  @Test
  void whatIsSentAgainAfterTheWorkWasDoneGetsItsResult() throws Exception {
    double steps = metric("dimoo_steps_total");
    double done = jobsDone();
    long left = clientsThatLeft();
    String body = "{\"prompt\":\"a red circle\",\"timesteps\":16,\"user\":\"late\"}";
    try (RawConnection first = connect()) {
      first.post(LongRequests.PATH, body);
    }
    until(() -> clientsThatLeft() > left && jobsDone() > done);

    assertThat(sendAgain(body).statusCode()).isEqualTo(200);
    assertAllWasDoneOnce(steps + 16, done + 1);
  }

  private void assertAllWasDoneOnce(double steps, double jobs) throws Exception {
    assertThat(metric("dimoo_steps_total")).isEqualTo(steps);
    assertThat(jobsDone()).isEqualTo(jobs);
  }

  /// Waits for as long as it takes.
  private HttpResponse<String> sendAgain(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(LongRequests.PATH))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private double jobsDone() throws Exception {
    return metric("dimoo_jobs_total{outcome=\"done\"}");
  }

  private long clientsThatLeft() {
    return log().lines().filter(line -> line.contains(" status=499 refused=abandoned ")).count();
  }

  /// Without a seed, so that two jobs give different pictures.
  private CompletableFuture<HttpResponse<String>> send(String boundary, int retry, byte[] png) {
    MultipartBody body =
        new MultipartBody(boundary)
            .text("prompt", "a red circle")
            .text("n", "4")
            .text("timesteps", "6")
            .file("image", boundary + ".png", png);
    return client()
        .sendAsync(
            body.post(request("/v1/images/edits"))
                .timeout(PATIENCE)
                .header("x-stainless-retry-count", Integer.toString(retry))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String pictures(CompletableFuture<HttpResponse<String>> answer) throws Exception {
    assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
    StringBuilder all = new StringBuilder();
    for (JsonNode picture : json(answer.get()).at("/data")) {
      all.append(picture.at("/b64_json").asString()).append('\n');
    }
    return all.toString();
  }
}
