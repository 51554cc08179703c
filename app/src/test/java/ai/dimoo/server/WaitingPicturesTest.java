package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real process whose heap has room for one large picture at a time: half of it, at four bytes a
/// pixel.
@Timeout(300)
class WaitingPicturesTest {

  private static final String EDITS = "/v1/images/edits";
  private static final String CHAT = "/v1/chat/completions";
  private static final String HEAP = "256m"; // for at most 33.6 million pixels
  private static final int LARGE = 4_200; // squared, 17.6 million: more than half of them
  private static final int WIDE = 65_535; // by 128, 8.4 million

  @TempDir static Path folder;

  private static ServeProcess server;

  @BeforeAll
  static void startServer() throws IOException {
    server = ServeProcess.startWithHeap(folder, HEAP);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aLargePictureIsToComeAgainWhileAnotherWaitsAndSmallOnesAreTaken() throws Exception {
    try (RawConnection first = new RawConnection(server.port());
        RawConnection small = new RawConnection(server.port());
        RawConnection second = new RawConnection(server.port())) {
      String large = edit(TestPictures.png(LARGE, LARGE, 0xc81e1e));
      try (RawConnection running = new RawConnection(server.port())) {
        running.post(LongRequests.PATH, LongRequests.streamed(1));
        running.lineThatBeginsWith("event: dimoo.progress");
        first.post(EDITS, edit(TestPictures.png(LARGE, LARGE, 0x1e1ec8)));
        untilWaiting(1);

        HttpResponse<String> refused = server.post(EDITS, large);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(ServerFixture.code(refused)).isEqualTo("pictures_waiting");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        small.post(EDITS, edit(TestPictures.png()));
        untilWaiting(2);

        first.close();
        untilWaiting(1);
        second.post(EDITS, large);
        untilWaiting(2);
      }
      assertThat(small.lineThatBeginsWith("HTTP/1.1 ")).startsWith("HTTP/1.1 200 ");
      assertThat(second.lineThatBeginsWith("HTTP/1.1 ")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void picturesThatNeverFitTogetherAreRefusedForGood() throws Exception {
    String part =
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}"
            .formatted(TestPictures.url(TestPictures.claiming(WIDE)));
    String parts = Stream.generate(() -> part).limit(5).collect(Collectors.joining(","));
    HttpResponse<String> refused =
        server.post(
            CHAT,
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},%s]}]}"
                .formatted(parts));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(413);
    assertThat(ServerFixture.code(refused)).isEqualTo("pictures_too_large");
    assertThat(refused.body()).contains(4 * 5L * WIDE * 128 + " bytes of memory");
    assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
  }

  private static String edit(byte[] picture) {
    return """
    {"prompt": "Add a square.", "task": "edit_add", "timesteps": 1, "seed": 1, "force": true,
     "images": [{"image_url": "%s"}]}\
    """
        .formatted(TestPictures.url(picture));
  }

  private static void untilWaiting(int requests) throws Exception {
    String length = "dimoo_queue_length %d.0".formatted(requests);
    ServerFixture.until(() -> server.get("/metrics").body().lines().anyMatch(length::equals));
  }
}
