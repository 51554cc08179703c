package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TimeLimitTest extends ServerFixture {

  @Override
  protected ServerOptions options() {
    return super.options().withLimits(Limits.DEFAULT.withRequestTime(Duration.ofSeconds(2)));
  }

  @Test
  void theTimeRunsWhileTheBodyComes() throws Exception {
    try (RawConnection slow = connect()) {
      slow.send(
          "POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
      slow.rest(); // of the body never comes, and the server closes the connection
    }
    until(() -> log().contains(" status=408 refused=timeout "));
  }

  @Test
  void requestsThatTakeTooLongEndAlsoThoseThatWait() throws Exception {
    try (RawConnection stream = connect()) {
      stream.post(LongRequests.PATH, LongRequests.streamed(1));
      HttpResponse<String> waited = post(LongRequests.PATH, LongRequests.plain(2));

      assertThat(waited.statusCode()).isEqualTo(504);
      assertThat(code(waited)).isEqualTo("time_limit");
      stream.lineThatBeginsWith("event: error");
      assertThat(stream.lineThatBeginsWith("data: ")).contains("\"time_limit\"");
    }
    HttpResponse<String> ran = post(LongRequests.PATH, LongRequests.plain(3));
    assertThat(ran.statusCode()).isEqualTo(504);
    // what is quick enough on this machine, sooner or later, is still served
    until(() -> post(LongRequests.PATH, "{\"prompt\":\"a\",\"timesteps\":1}").statusCode() == 200);
  }
}
