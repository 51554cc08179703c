package ai.dimoo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineThreadsTest {

  private final EngineThreads engine =
      new EngineThreads(new EngineThread("engine under test"), "engine under test", 2, 1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final List<String> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    mayEnd.countDown();
    engine.close();
  }

  /// Calls from a thread of its own.
  private static Thread calling(Runnable call) {
    return Thread.ofPlatform().start(call);
  }

  /// Waits until a thread waits: for its turn, where nothing else holds it up.
  private static void untilItWaits(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private boolean untilTold(String name) {
    begun.countDown();
    while (mayEnd.getCount() > 0) { // whoever interrupts it
      Thread.onSpinWait();
    }
    return done.add(name);
  }

  @Test
  void asManyTasksAreDoneAtTheSameTimeAsThereAreThreads() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2); // one alone would wait in vain
    List<String> names = new CopyOnWriteArrayList<>();
    Runnable task =
        () ->
            engine.call(() -> {
              names.add(Thread.currentThread().getName());
              return both.await(30, TimeUnit.SECONDS);
            });
    Thread other = calling(task);
    task.run();
    other.join();

    assertThat(names).containsExactlyInAnyOrder("engine under test", "engine under test-2");
  }

  @Test
  void oneThatIsToBeAloneWaitsForThoseBeforeItAndOthersWaitForIt() throws Exception {
    Thread first = calling(() -> engine.call(() -> untilTold("first")));
    begun.await();
    Thread alone = calling(() -> engine.callAlone(() -> done.add("alone")));
    untilItWaits(alone);
    Thread last = calling(() -> engine.call(() -> done.add("last")));
    untilItWaits(last);
    assertThat(done).isEmpty();
    mayEnd.countDown();
    for (Thread each : List.of(first, alone, last)) {
      each.join();
    }

    assertThat(done).containsExactly("first", "alone", "last");
  }

  @Test
  void aTaskThatWasGivenUpKeepsItsThreadUntilItHasEnded() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        calling(() -> {
          try {
            engine.call(() -> untilTold("given up"));
          } catch (CancellationException e) {
            thrown.set(e);
          }
        });
    begun.await();
    caller.interrupt();
    caller.join();
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    Thread alone = calling(() -> engine.callAlone(() -> done.add("alone")));
    untilItWaits(alone);
    mayEnd.countDown();
    alone.join();

    assertThat(done).containsExactly("given up", "alone");
  }

  @Test
  void oneWhoIsInterruptedWhileItWaitsGivesUp() throws Exception {
    Thread alone = calling(() -> engine.callAlone(() -> untilTold("alone")));
    begun.await();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting =
        calling(() -> {
          try {
            engine.call(() -> done.add("never"));
          } catch (CancellationException e) {
            thrown.set(e);
          }
        });
    untilItWaits(waiting);
    waiting.interrupt();
    waiting.join();
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    mayEnd.countDown();
    alone.join();

    assertThat(done).containsExactly("alone");
  }

  @Test
  void aTaskThatCallsTheEngineIsRefused() {
    assertThatThrownBy(() -> engine.call(() -> engine.call(() -> true)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(engine.<String>callAlone(() -> "goes on")).isEqualTo("goes on");
  }

  @Test
  void aClosedOneTakesNothing() {
    engine.close();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> engine.call(() -> true)).isInstanceOf(IllegalStateException.class);
    }
  }
}
