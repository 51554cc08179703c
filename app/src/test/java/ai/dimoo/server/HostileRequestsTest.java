package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.HostileRequests.Hostile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that no honest client sends get an error that says little, and harm nobody.
@Timeout(180)
class HostileRequestsTest extends ServerFixture {

  private static final int COUNT = 200;
  private static final long SEED = 20261124;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  @Test
  void eachGetsAnErrorOfTheClientsAndTheServerGoesOn() throws Exception {
    List<Hostile> requests = HostileRequests.make(COUNT, SEED);
    assertThat(requests).hasSizeGreaterThanOrEqualTo(COUNT);

    SoftAssertions each = new SoftAssertions();
    Set<Integer> seen = new TreeSet<>();
    for (Hostile request : requests) {
      String answer = send(request);
      Matcher status = STATUS.matcher(answer);
      boolean answered = false;
      while (status.find()) {
        answered = true;
        int code = Integer.parseInt(status.group(1));
        seen.add(code);
        each.assertThat(code).as(request + "\n" + answer).isBetween(400, 499);
      }
      each.assertThat(answered || !request.http()).as(request + " is answered").isTrue();
      each.assertThat(answer)
          .as(request.name())
          .doesNotContain("\tat ", "Exception", "<html", "ai.dimoo", "jetty", "javalin")
          .doesNotContain(
              Path.of("..").toRealPath().toString(),
              System.getProperty("java.io.tmpdir") + "/",
              System.getProperty("user.home") + "/");
    }
    each.assertAll();

    assertThat(seen).contains(400, 403, 404, 413, 414, 415, 431);
    assertThat(log()).doesNotContain("status=5", "failed:", "\tat ");
    assertThat(metric("dimoo_running")).isZero();
    assertThat(post(LongRequests.PATH, "{\"prompt\":\"a circle\",\"timesteps\":1}").statusCode())
        .isEqualTo(200);
  }

  private String send(Hostile request) throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(request.bytes());
      connection.endSending();
      return new String(connection.rest(), StandardCharsets.ISO_8859_1);
    }
  }
}
