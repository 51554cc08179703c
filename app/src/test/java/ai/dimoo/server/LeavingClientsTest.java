package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that close their connection: what they asked for ends, and its place is free.
@Timeout(120)
class LeavingClientsTest extends ServerFixture {

  private static final int PLACES = 2;

  @Override
  protected ServerOptions options() {
    return super.options().withLimits(Limits.DEFAULT.withQueue(PLACES).withQueuePerClient(PLACES));
  }

  @Test
  void streamEndsWithItsClient() throws Exception {
    double before = abandoned();
    LongRequests.begin(server(), 1).close();
    until(() -> abandoned() == before + 1);

    assertThat(metric("dimoo_running")).isZero();
    until(() -> log().contains(" status=200 refused=abandoned "));
    assertServes();
  }

  @Test
  void plainRequestEndsSomeTimeAfterItsClient() throws Exception {
    double before = abandoned();
    try (RawConnection connection = connect()) {
      connection.post(LongRequests.PATH, LongRequests.plain(2));
      until(() -> metric("dimoo_running") == 1);
    }
    untilTimeBrings(() -> abandoned() == before + 1);

    assertThat(metric("dimoo_running")).isZero();
    until(() -> log().contains(" status=499 refused=abandoned "));
    assertServes();
  }

  @Test
  void placesInTheQueueAreFreeAgainAndAFullOneRefuses() throws Exception {
    try (RawConnection running = LongRequests.begin(server(), 3)) {
      RawConnection[] waiting = new RawConnection[PLACES];
      for (int i = 0; i < PLACES; i++) {
        waiting[i] = connect();
        waiting[i].post(LongRequests.PATH, LongRequests.streamed(10 + i));
      }
      until(() -> metric("dimoo_queue_length") == PLACES);

      HttpResponse<String> refused = post(LongRequests.PATH, LongRequests.plain(20));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(code(refused)).isEqualTo("queue_full");
      assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 60);

      for (RawConnection connection : waiting) {
        connection.close();
      }
      until(() -> metric("dimoo_queue_length") == 0);
    }
    assertServes();
  }

  private double abandoned() throws Exception {
    return metric("dimoo_jobs_total{outcome=\"abandoned\"}");
  }

  private void assertServes() throws Exception {
    assertThat(post(LongRequests.PATH, "{\"prompt\":\"a circle\",\"timesteps\":1}").statusCode())
        .isEqualTo(200);
  }
}
