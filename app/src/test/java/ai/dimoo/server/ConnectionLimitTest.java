package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real process that serves only so many connections at once.
@Timeout(180)
class ConnectionLimitTest {

  private static final int MOST = 3;
  private static final int ROUNDS = 20;

  @Test
  void oneMoreConnectionWaitsUntilAnotherCloses(@TempDir Path folder) throws Exception {
    Deque<RawConnection> open = new ArrayDeque<>();
    try (ServeProcess server =
        ServeProcess.start(folder, "--max-connections", Integer.toString(MOST))) {
      for (int i = 0; i < MOST; i++) {
        open.add(new RawConnection(server.port()));
        ask(open.getLast(), "/health");
        assertAnswered(open.getLast());
      }
      try (RawConnection more = new RawConnection(server.port())) { // the system takes it
        ask(more, "/ready");
        for (int round = 0; round < ROUNDS; round++) {
          for (RawConnection connection : open) {
            ask(connection, "/health");
            assertAnswered(connection);
          }
        }
        assertThat(server.log()).contains(" /health ").doesNotContain(" /ready ");

        open.remove().close();
        assertAnswered(more);
        ServerFixture.until(() -> server.log().contains(" /ready status=200 "));
      }
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
  }

  /// HEAD, whose answer has no body that would have to be read.
  private static void ask(RawConnection connection, String path) {
    connection.send("HEAD %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
  }

  private static void assertAnswered(RawConnection connection) throws IOException {
    assertThat(connection.lineThatBeginsWith("HTTP/1.1 ")).startsWith("HTTP/1.1 200 ");
  }
}
