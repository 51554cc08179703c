package ai.dimoo.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class DecodedPixelsTest {

  private final DecodedPixels pixels = new DecodedPixels(100);

  @Test
  void whatDoesNotFitNowIsToComeAgainAndFitsOnceThereIsRoom() {
    try (DecodedPixels.Held first = pixels.hold(60)) {
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> pixels.hold(41));
      assertThat(refusal.status()).isEqualTo(429);
      assertThat(refusal.retryAfter()).isNotNull();
      pixels.hold(40).close();
    }
    pixels.hold(100).close();
  }

  @Test
  void whatNeverFitsIsRefusedForGood() {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> pixels.hold(101));
    assertThat(refusal.status()).isEqualTo(413);
    assertThat(refusal).hasMessageContaining("at most 100");
  }
}
