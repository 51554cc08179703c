package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.ModelMemory.Work;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.image.Size;
import ai.dimoo.memory.FreeMemory;
import ai.dimoo.torch.Dtype;
import ai.dimoo.transformer.TransformerConfig;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryRoomTest {

  private static final Work WORK = Work.picture(1024, 100, 8192, 0, new Size(512, 512));
  private static final MemoryPlan PLAN =
      new MemoryPlan(
          new ModelMemory(TransformerConfig.PUBLISHED, 8_000_000_000L, 1, 1, null, 1, 128),
          Dtype.BFLOAT16,
          null,
          false,
          null);

  /// Where there is room for so many.
  private static MemoryRoom roomFor(double requests) {
    long bytes = (long) (requests * PLAN.step(WORK));
    return new MemoryRoom(PLAN, () -> new FreeMemory(bytes, "the machine"));
  }

  @Test
  void twoBeginWhereThereIsRoomForBoth() {
    MemoryRoom room = roomFor(2);

    try (MemoryRoom.Held first = room.hold(WORK, () -> false);
        MemoryRoom.Held second = room.hold(WORK, () -> false)) {
      assertThatThrownBy(() -> room.hold(WORK, () -> true))
          .as("a third would wait")
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void oneWaitsForTheRoomOfAnother() throws Exception {
    MemoryRoom room = roomFor(1.5);
    CountDownLatch waits = new CountDownLatch(2);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean inTurn = new AtomicBoolean();
    Thread second;
    try (MemoryRoom.Held first = room.hold(WORK, () -> false)) {
      second =
          Thread.ofPlatform()
              .start(() -> {
                try (MemoryRoom.Held held =
                    room.hold(
                        WORK,
                        () -> {
                          waits.countDown();
                          return false;
                        })) {
                  inTurn.set(ended.get());
                }
              });
      waits.await();
      ended.set(true);
    }
    second.join();

    assertThat(inTurn).isTrue();
  }

  @Test
  void oneThatWaitsIsNotPassedByASmallerOne() throws Exception {
    MemoryRoom room = roomFor(1.9);
    Work small = Work.picture(16, 10, 8192, 0, new Size(64, 64));
    CountDownLatch waits = new CountDownLatch(1);
    Thread second;
    try (MemoryRoom.Held first = room.hold(WORK, () -> false)) {
      room.hold(small, () -> true).close(); // there is room for it
      second =
          Thread.ofPlatform()
              .start(() ->
                  room.hold(
                          WORK,
                          () -> {
                            waits.countDown();
                            return false;
                          })
                      .close());
      waits.await();
      assertThatThrownBy(() -> room.hold(small, () -> true))
          .isInstanceOf(CancellationException.class);
    }
    second.join();
  }

  @Test
  void oneForWhichThereIsNoRoomAloneIsRefused() {
    assertThatThrownBy(() -> roomFor(0.5).hold(WORK, () -> false))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Not enough memory: the request needs");
  }
}
