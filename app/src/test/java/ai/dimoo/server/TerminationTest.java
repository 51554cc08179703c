package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A real process that gets SIGTERM in the midst of a request.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
@Timeout(180)
class TerminationTest {

  private static final String STREAM =
      "{\"prompt\":\"a red"
          + " circle\",\"size\":\"192x192\",\"untrained_size\":\"force\","
          + "\"timesteps\":24,\"n\":2,\"stream\":true}";

  @Test
  void processFinishesWhatWasBegunAndExitsWithZero(@TempDir Path folder) throws Exception {
    try (ServeProcess server = ServeProcess.start(folder, "--grace", "60");
        RawConnection stream = new RawConnection(server.port())) {
      stream.post(LongRequests.PATH, STREAM);
      stream.lineThatBeginsWith(": ");
      server.terminate();
      HttpResponse<String> ready;
      do {
        ready = server.get("/ready");
      } while (ready.statusCode() == 200);
      HttpResponse<String> late = server.post(LongRequests.PATH, STREAM);

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).isPresent();
      String rest = new String(stream.rest(), StandardCharsets.UTF_8);
      assertThat(rest.split("event: image_generation.completed", -1)).hasSize(2 + 1);
      assertThat(rest).doesNotContain("event: error");
      assertThat(server.exitStatus()).isZero();
      assertThat(server.log())
          .contains("status=200 task=text_to_image size=192x192 steps=24 pictures=2");
    }
  }

  @Test
  void whatDoesNotFinishInTimeGetsAnErrorAndTheProcessStillExitsWithZero(@TempDir Path folder)
      throws Exception {
    try (ServeProcess server = ServeProcess.start(folder, "--grace", "0");
        RawConnection stream = new RawConnection(server.port())) {
      stream.post(LongRequests.PATH, LongRequests.streamed(1));
      stream.lineThatBeginsWith("event: dimoo.progress");
      server.terminate();

      stream.lineThatBeginsWith("event: error");
      assertThat(stream.lineThatBeginsWith("data: ")).contains("\"stopping\"");
      assertThat(server.exitStatus()).isZero();
    }
  }
}
