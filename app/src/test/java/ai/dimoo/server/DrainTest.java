package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that is closed while it is at work.
@Timeout(120)
class DrainTest extends ServerFixture {

  @Override
  protected ServerOptions options() {
    return super.options().withGrace(Duration.ofSeconds(60));
  }

  @Test
  void whatWasBegunIsFinishedAndWhatComesIsRefused() throws Exception {
    String body =
        "{\"prompt\":\"a red circle\",\"timesteps\":40,\"n\":3,\"stream\":true,\"seed\":%d}";
    try (RawConnection running = connect();
        RawConnection waiting = connect()) {
      running.post(LongRequests.PATH, body.formatted(1));
      running.lineThatBeginsWith("HTTP/1.1 200");
      waiting.post(LongRequests.PATH, body.formatted(2).replace("\"n\":3", "\"n\":1"));
      until(() -> metric("dimoo_queue_length") == 1);

      Thread closing = Thread.ofVirtual().start(server()::close);
      until(() -> get("/ready").statusCode() == 503);
      HttpResponse<String> late = post(LongRequests.PATH, "{\"prompt\":\"late\"}");

      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(code(late)).isEqualTo("stopping");
      assertThat(late.headers().firstValue("Retry-After")).isPresent();
      assertThat(get("/health").statusCode()).isEqualTo(200);
      assertThat(completed(running)).isEqualTo(3);
      assertThat(completed(waiting)).isEqualTo(1);
      closing.join();
    }
  }

  private static int completed(RawConnection stream) throws Exception {
    String rest = new String(stream.rest(), StandardCharsets.UTF_8);
    return rest.split("event: image_generation.completed", -1).length - 1;
  }
}
