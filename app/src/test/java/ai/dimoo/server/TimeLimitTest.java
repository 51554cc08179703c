package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TimeLimitTest extends ServerFixture {

  private static final Duration LIMIT = Limits.DEFAULT.requestTime();

  @Test
  void theTimeRunsWhileTheBodyComes() throws Exception {
    StringWriter log = new StringWriter();
    ServerOptions options =
        options().withLimits(Limits.DEFAULT.withRequestTime(Duration.ofMillis(1)));
    try (DimooServer server = DimooServer.start(dimoo(), options, new PrintWriter(log));
        RawConnection slow = new RawConnection(server.port())) {
      slow.send(
          "POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
      slow.rest(); // of the body never comes, and the server closes the connection
      until(() -> log.toString().contains(" status=408 refused=timeout "));
    }
  }

  @Test
  void requestsThatTakeTooLongEndAlsoThoseThatWait() throws Exception {
    try (RawConnection stream = LongRequests.begin(server(), 1)) {
      CompletableFuture<HttpResponse<String>> waits =
          client()
              .sendAsync(
                  request(LongRequests.PATH)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(LongRequests.plain(2)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      until(() -> metric("dimoo_queue_length") == 1);

      pass(LIMIT);

      stream.lineThatBeginsWith("event: error");
      assertThat(stream.lineThatBeginsWith("data: ")).contains("\"time_limit\"");
      assertThat(waits.get().statusCode()).isEqualTo(504);
      assertThat(code(waits.get())).isEqualTo("time_limit");
    }
    HttpResponse<String> next = post(LongRequests.PATH, "{\"prompt\":\"a\",\"timesteps\":1}");
    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
  }
}
