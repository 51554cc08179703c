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
    return super.options().withLimits(Limits.DEFAULT.withRequestTime(Duration.ofSeconds(3)));
  }

  @Test
  void requestsThatTakeTooLongEndAlsoThoseThatWait() throws Exception {
    try (RawConnection stream = LongRequests.begin(server(), 1)) {
      HttpResponse<String> waited = post(LongRequests.PATH, LongRequests.plain(2));

      assertThat(waited.statusCode()).isEqualTo(504);
      assertThat(code(waited)).isEqualTo("time_limit");
      stream.lineThatBeginsWith("event: error");
      assertThat(stream.lineThatBeginsWith("data: ")).contains("\"time_limit\"");
    }
    HttpResponse<String> ran = post(LongRequests.PATH, LongRequests.plain(3));
    assertThat(ran.statusCode()).isEqualTo(504);
    assertThat(post(LongRequests.PATH, "{\"prompt\":\"a\",\"timesteps\":1}").statusCode())
        .isEqualTo(200);
  }
}
