package ai.dimoo.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class HeapRoomTest {

  private final HeapRoom room = new HeapRoom(100, "pictures", "scale them down first");

  @Test
  void whatDoesNotFitNowIsToComeAgainAndFitsOnceThereIsRoom() {
    try (HeapRoom.Held first = room.hold(60)) {
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> room.hold(41));
      assertThat(refusal.status()).isEqualTo(429);
      assertThat(refusal.code()).isEqualTo("pictures_waiting");
      assertThat(refusal.retryAfter()).isNotNull();
      room.hold(40).close();
    }
    room.hold(100).close();
  }

  @Test
  void whatNeverFitsIsRefusedForGood() {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> room.hold(101));
    assertThat(refusal.status()).isEqualTo(413);
    assertThat(refusal.code()).isEqualTo("pictures_too_large");
    assertThat(refusal).hasMessageContaining("at most 100");
  }
}
