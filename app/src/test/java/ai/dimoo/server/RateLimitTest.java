package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private long now = 123;

  @Test
  void aMinutesWorthPassesAtOnceAndThenOneAtATime() {
    RateLimit limit = new RateLimit(3, () -> now);
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take("a")).isZero();
    }

    assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(20));
    now += Duration.ofSeconds(5).toNanos();
    assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(15));
    now += Duration.ofSeconds(15).toNanos();
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isPositive();
  }

  @Test
  void clientsDoNotTakeFromOneAnother() {
    RateLimit limit = new RateLimit(1, () -> now);

    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("b")).isZero();
    assertThat(limit.take("a")).isPositive();
  }

  @Test
  void aLongPauseSavesUpNoMoreThanAMinute() {
    RateLimit limit = new RateLimit(2, () -> now);
    limit.take("a");
    now += Duration.ofHours(5).toNanos();

    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isPositive();
  }

  @Test
  void zeroIsNoLimit() {
    RateLimit limit = new RateLimit(0, () -> now);
    for (int i = 0; i < 1000; i++) {
      assertThat(limit.take("a")).isZero();
    }
  }
}
