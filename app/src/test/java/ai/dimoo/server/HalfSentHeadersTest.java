package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.metrics.ServerMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Headers that do not come to an end are their sender's fault: no 500, and nothing in the log but
/// the request's line.
@Timeout(60)
class HalfSentHeadersTest {

  private final StringWriter written = new StringWriter();
  private final ServerMetrics metrics = new ServerMetrics();
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);

  @BeforeEach
  void start() throws Exception {
    AccessLog log = new AccessLog(new PrintWriter(written), false, metrics);
    connector.setIdleTimeout(300); // of the server: 30 seconds
    jetty.addConnector(connector);
    jetty.setErrorHandler(new RefusedMessages(log));
    jetty.setRequestLog(log);
    jetty.start();
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
    metrics.close();
  }

  @Test
  void headersThatStopComingAreATimeout() throws Exception {
    try (RawConnection connection = new RawConnection(connector.getLocalPort())) {
      connection.send("POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nContent-Ty");
      String answer = new String(connection.rest(), StandardCharsets.UTF_8);
      assertThat(answer).doesNotContain(" 500 ");
      assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 408 ")).as(answer).isTrue();
    }
    ServerFixture.until(
        () -> written.toString().isEmpty() || written.toString().contains(" status="));
    assertThat(written.toString()).doesNotContain("failed:", "\tat ", "status=500");
  }

  @Test
  void aConnectionThatEndsWithinTheHeadersIsNoFailure() throws Exception {
    try (RawConnection connection = new RawConnection(connector.getLocalPort())) {
      connection.send("GET / HTTP/1.1\r\nHost: local");
    }
    try (RawConnection after = new RawConnection(connector.getLocalPort())) {
      after.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      after.rest();
    }
    assertThat(written.toString()).doesNotContain("failed:", "\tat ", "status=500");
  }
}
