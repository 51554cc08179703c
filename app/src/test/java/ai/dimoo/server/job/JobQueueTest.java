package ai.dimoo.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.server.job.JobEvent.Done;
import ai.dimoo.server.job.JobEvent.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobQueueTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<Job<?, ?>> ended = new ArrayList<>();
  private final JobQueue queue =
      new JobQueue(
          1,
          1,
          LONG,
          LONG,
          job -> {
            synchronized (ended) {
              ended.add(job);
            }
          });
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void closeQueue() {
    mayEnd.countDown();
    queue.close();
  }

  /// Work that takes until [#mayEnd], in steps between which it can be ended.
  private final JobRequest<String, String> untilTold =
      (progress, cancelled) -> {
        begun.countDown();
        while (mayEnd.getCount() > 0) {
          if (cancelled.getAsBoolean()) {
            throw new CancellationException();
          }
          Thread.onSpinWait();
        }
        return "result";
      };

  @Test
  void oneRunsOneWaitsAndTheNextIsRefusedWithATime() throws Exception {
    try (var running = queue.submit("me", "a", "a", Duration.ZERO, untilTold)) {
      begun.await();
      try (var waiting = queue.submit("me", "b", "b", Duration.ZERO, untilTold)) {
        assertThat(queue.waiting()).isEqualTo(1);
        assertThat(queue.running()).isEqualTo(1);
        assertThatThrownBy(() -> queue.submit("me", "c", "c", Duration.ZERO, untilTold))
            .isInstanceOfSatisfying(
                JobRefusedException.class,
                e -> {
                  assertThat(e.reason()).isEqualTo(JobRefusedException.Reason.FULL);
                  assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), LONG);
                });
        mayEnd.countDown();

        assertThat(running.next(LONG)).isEqualTo(new Done<>("result"));
        assertThat(waiting.next(LONG)).isEqualTo(new Done<>("result"));
      }
    }
  }

  @Test
  void oneWhoWaitsKnowsHowManyComeFirst() throws Exception {
    try (JobQueue wide = new JobQueue(3, 3, LONG, LONG, job -> {});
        var running = wide.submit("me", "a", "a", Duration.ZERO, untilTold)) {
      begun.await();
      var second = wide.submit("me", "b", "b", Duration.ZERO, untilTold);
      try (var third = wide.submit("me", "c", "c", Duration.ZERO, untilTold)) {
        assertThat(wide.before(running.job())).isZero();
        assertThat(wide.before(second.job())).isEqualTo(1);
        assertThat(wide.before(third.job())).isEqualTo(2);

        second.graceForOthers(LONG);
        second.close(); // it rests, and yields
        assertThat(wide.before(third.job())).isEqualTo(1);
        mayEnd.countDown();
        assertThat(third.next(LONG)).isEqualTo(new Done<>("result"));
        assertThat(wide.before(third.job())).isZero();
      }
    }
  }

  @Test
  void placeOfOneWhoLeavesIsFreeAtOnce() throws Exception {
    try (var running = queue.submit("me", "a", "a", Duration.ZERO, untilTold)) {
      begun.await();
      queue.submit("me", "b", "b", Duration.ZERO, untilTold).close();

      assertThat(queue.waiting()).isZero();
      try (var next = queue.submit("me", "c", "c", Duration.ZERO, untilTold)) {
        mayEnd.countDown();
        assertThat(next.next(LONG)).isEqualTo(new Done<>("result"));
      }
      assertThat(running.job().failure()).isNull();
    }
  }

  @Test
  void jobThatNobodyFollowsEndsBeforeItsNextStep() throws Exception {
    var follower = queue.submit("me", "a", "a", Duration.ZERO, untilTold);
    begun.await();
    follower.close();
    try (var next = queue.submit("me", "b", "b", Duration.ZERO, (progress, cancelled) -> "next")) {
      assertThat(next.next(LONG)).isEqualTo(new Done<>("next"));
    }

    assertThat(follower.job().failure())
        .isInstanceOfSatisfying(
            JobEndedException.class,
            e -> assertThat(e.reason()).isEqualTo(JobEndedException.Reason.ABANDONED));
  }

  @Test
  void aRetryWithinTheGraceTimeFindsTheJob() throws Exception {
    var first = queue.submit("me", "a", "a", Duration.ZERO, untilTold);
    begun.await();
    first.graceForOthers(LONG);
    assertThat(queue.<String, String>join("a", false)).as("while it is followed").isNull();
    first.close();

    try (JobFollower<String, String> second = queue.join("a", false)) {
      assertThat(second).isNotNull();
      mayEnd.countDown();
      assertThat(second.next(LONG)).isEqualTo(new Done<>("result"));
    }
    assertThat(queue.<String, String>join("a", false)).as("after its end").isNull();
  }

  @Test
  void errorsEndTheirJobOnly() throws Exception {
    try (var failing =
        queue.submit(
            "me",
            "a",
            "a",
            Duration.ZERO,
            (progress, cancelled) -> {
              throw new OutOfMemoryError("made up");
            })) {
      assertThat(failing.next(LONG))
          .isInstanceOfSatisfying(
              Failed.class, e -> assertThat(e.cause()).isInstanceOf(OutOfMemoryError.class));
    }
    try (var next = queue.submit("me", "b", "b", Duration.ZERO, (progress, cancelled) -> "next")) {
      assertThat(next.next(LONG)).isEqualTo(new Done<>("next"));
    }
    synchronized (ended) {
      assertThat(ended).hasSize(2);
      assertThat(ended.getFirst().failure()).isInstanceOf(OutOfMemoryError.class);
      assertThat(ended.getLast().failure()).isNull();
    }
  }

  @Test
  void asManyAreDoneAtTheSameTimeAsItIsTold() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    JobRequest<String, String> together =
        (progress, cancelled) -> {
          both.await(60, TimeUnit.SECONDS); // one alone would wait in vain
          return "result";
        };
    try (JobQueue wide = new JobQueue(2, 2, LONG, LONG, job -> {})) {
      wide.atOnce(2);
      try (var first = wide.submit("me", "a", "a", Duration.ZERO, together);
          var second = wide.submit("me", "b", "b", Duration.ZERO, together)) {
        assertThat(first.next(LONG)).isEqualTo(new Done<>("result"));
        assertThat(second.next(LONG)).isEqualTo(new Done<>("result"));
        assertThat(first.job().isJoined()).isTrue();
        assertThat(second.job().isJoined()).isTrue();
      }
      try (var alone =
          wide.submit("me", "c", "c", Duration.ZERO, (progress, cancelled) -> "alone")) {
        assertThat(alone.next(LONG)).isEqualTo(new Done<>("alone"));
        assertThat(alone.job().isJoined()).isFalse();
      }
    }
  }

  @Test
  void whatFailsOrIsLeftEndsAloneAndAThirdWaits() throws Exception {
    try (JobQueue wide = new JobQueue(3, 3, LONG, LONG, job -> {})) {
      wide.atOnce(2);
      try (var running = wide.submit("me", "a", "a", Duration.ZERO, untilTold)) {
        begun.await();
        try (var failing =
            wide.submit(
                "me",
                "b",
                "b",
                Duration.ZERO,
                (progress, cancelled) -> {
                  throw new OutOfMemoryError("made up");
                })) {
          assertThat(failing.next(LONG)).isInstanceOf(Failed.class);
        }
        var left = wide.submit("me", "c", "c", Duration.ZERO, untilTold);
        while (wide.running() < 2 || wide.waiting() > 0) {
          Thread.onSpinWait();
        }
        try (var third = wide.submit("me", "d", "d", Duration.ZERO, untilTold)) {
          assertThat(wide.before(third.job())).isEqualTo(2);
          left.close();
          while (wide.before(third.job()) > 0) {
            Thread.onSpinWait();
          }
          mayEnd.countDown();
          assertThat(third.next(LONG)).isEqualTo(new Done<>("result"));
          assertThat(running.next(LONG)).isEqualTo(new Done<>("result"));
        }
      }
    }
  }

  @Test
  void drainingTakesNothingNewAndFinishesTheRest() throws Exception {
    try (var running = queue.submit("me", "a", "a", Duration.ZERO, untilTold)) {
      begun.await();
      try (var waiting = queue.submit("me", "b", "b", Duration.ZERO, untilTold)) {
        queue.stopTaking();
        assertThatThrownBy(() -> queue.submit("me", "c", "c", Duration.ZERO, untilTold))
            .isInstanceOfSatisfying(
                JobRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(JobRefusedException.Reason.STOPPING));
        mayEnd.countDown();

        assertThat(queue.drain(LONG)).isTrue();
        assertThat(running.next(LONG)).isEqualTo(new Done<>("result"));
        assertThat(waiting.next(LONG)).isEqualTo(new Done<>("result"));
      }
    }
  }

  @Test
  void whatIsNotDoneWhenTheGraceTimeEndsIsEnded() throws Exception {
    try (var running = queue.submit("me", "a", "a", Duration.ZERO, untilTold)) {
      begun.await();
      try (var waiting = queue.submit("me", "b", "b", Duration.ZERO, untilTold)) {
        assertThat(queue.drain(Duration.ZERO)).isFalse();
        assertStopping(running.next(LONG));
        assertStopping(waiting.next(LONG));
      }
    }
  }

  private static void assertStopping(JobEvent<String, String> event) {
    assertThat(event)
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.cause())
                    .isInstanceOfSatisfying(
                        JobEndedException.class,
                        e -> assertThat(e.reason()).isEqualTo(JobEndedException.Reason.STOPPING)));
  }
}
