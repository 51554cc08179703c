package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Size;
import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// More requests at once than the queue has places for: some are refused, the others get their
/// pictures, and nothing else happens to either.
@Timeout(300)
class QueueOverflowTest extends ServerFixture {

  private static final int PLACES = 2;
  private static final int CLIENTS = 24;
  private static final int FIRST_SEED = 1000;

  @Override
  protected ServerOptions options() {
    return super.options().withLimits(Limits.DEFAULT.withQueue(PLACES).withQueuePerClient(PLACES));
  }

  @Test
  void someAreRefusedAndTheOthersGetTheirOwnPictures() throws Exception {
    List<HttpResponse<String>> answers = askAllAtOnce();

    int made = 0;
    for (int client = 0; client < CLIENTS; client++) {
      HttpResponse<String> answer = answers.get(client);
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
      if (answer.statusCode() == 200) {
        made++;
        assertThat(picture(answer)).isEqualTo(picture(ask(client)));
      } else {
        assertThat(code(answer)).isEqualTo("queue_full");
        assertThat(json(answer).at("/error/type").asString()).isEqualTo("rate_limit_error");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(1, 60);
      }
    }
    assertThat(made).isBetween(1, CLIENTS - 1);
    assertThat(log()).doesNotContain("status=5", "failed:");
  }

  /// The engine is at work on something long until the first has been refused, so that the queue
  /// overflows on fast machines too.
  private List<HttpResponse<String>> askAllAtOnce() throws Exception {
    List<Future<HttpResponse<String>>> sent = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      try (RawConnection running = LongRequests.begin(server(), 1)) {
        for (int client = 0; client < CLIENTS; client++) {
          int number = client;
          sent.add(clients.submit((Callable<HttpResponse<String>>) () -> ask(number)));
        }
        until(() -> metric("dimoo_refusals_total{reason=\"queue_full\"}") > 0);
      }
    }
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (Future<HttpResponse<String>> answer : sent) {
      answers.add(answer.get());
    }
    return answers;
  }

  private HttpResponse<String> ask(int client) throws Exception {
    return post(
        LongRequests.PATH,
        "{\"prompt\":\"a red circle\",\"timesteps\":4,\"seed\":%d}".formatted(FIRST_SEED + client));
  }

  private static String picture(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode data = json(answer).at("/data");
    assertThat(data.size()).isEqualTo(1);
    String base64 = data.at("/0/b64_json").asString();
    assertThat(TestPictures.picture(base64).size()).isEqualTo(new Size(128, 128));
    return base64;
  }
}
