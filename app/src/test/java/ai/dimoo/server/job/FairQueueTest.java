package ai.dimoo.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.server.job.JobEvent.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is served when, and what is computed for those who have gone: counted in steps.
@Timeout(60)
class FairQueueTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int STEPS = 2;

  private final JobQueue queue = new JobQueue(4, 2, LONG, LONG, job -> {});
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final Semaphore mayStep = new Semaphore(0);

  @AfterEach
  void closeQueue() {
    mayStep.release(1000);
    queue.close();
  }

  private JobFollower<String, String> submit(String owner, String key) {
    return queue.submit(owner, key, key, Duration.ZERO, stepping(key));
  }

  /// Work of two steps, each of which waits for leave to be made.
  private JobRequest<String, String> stepping(String name) {
    return (progress, cancelled) -> {
      for (int step = 0; step < STEPS; step++) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException();
        }
        begun.add(name);
        mayStep.acquire();
        steps.add(name);
      }
      return name;
    };
  }

  private static void leave(JobFollower<?, ?> follower) {
    follower.graceForOthers(LONG);
    follower.close();
  }

  @Test
  void whatNobodyFollowsYieldsAndIsDoneAfterwards() throws Exception {
    JobFollower<String, String> gone = submit("a", "a");
    assertThat(begun.take()).isEqualTo("a");
    leave(gone);
    try (var polite = submit("b", "b")) {
      mayStep.release(1 + STEPS + STEPS); // one more of a's, then b's, then a's from the start
      assertThat(polite.next(LONG)).isEqualTo(new Done<>("b"));
    }
    try (JobFollower<String, String> again = queue.join("a", true)) {
      assertThat(again.next(LONG)).isEqualTo(new Done<>("a"));
    }
    assertThat(steps).containsExactly("a", "b", "b", "a", "a");
  }

  @Test
  void whatNobodyFollowsIsDoneWhereNobodyWaitsAndItsResultIsKept() throws Exception {
    JobFollower<String, String> gone = submit("a", "a");
    leave(gone);
    mayStep.release(STEPS);
    while (!gone.job().isDone()) {
      Thread.sleep(5);
    }
    try (JobFollower<String, String> late = queue.join("a", true)) {
      assertThat(late.next(LONG)).isEqualTo(new Done<>("a"));
    }
    assertThat(queue.<String, String>join("a", true)).as("once it was sent").isNull();
    assertThat(steps).hasSize(STEPS);
  }

  @Test
  void withoutGraceNoFurtherStepIsComputed() throws Exception {
    JobFollower<String, String> gone = submit("a", "a");
    begun.take();
    gone.close();
    mayStep.release(1000);
    try (var next = submit("b", "b")) {
      assertThat(next.next(LONG)).isEqualTo(new Done<>("b"));
    }
    assertThat(steps).containsExactly("a", "b", "b"); // the step that had begun
  }

  @Test
  void oneHasNoMoreThanAShareOfThePlaces() throws Exception {
    try (var running = submit("a", "a1")) {
      begun.take();
      try (var second = submit("a", "a2");
          var third = submit("a", "a3")) {
        assertThatThrownBy(() -> submit("a", "a4"))
            .isInstanceOfSatisfying(
                JobRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(JobRefusedException.Reason.SHARE));
        try (var other = submit("b", "b")) {
          assertThat(queue.waiting()).isEqualTo(3);
          mayStep.release(1000);
          assertThat(other.next(LONG)).isEqualTo(new Done<>("b"));
        }
        assertThat(second.next(LONG)).isEqualTo(new Done<>("a2"));
        assertThat(third.next(LONG)).isEqualTo(new Done<>("a3"));
      }
      assertThat(running.next(LONG)).isEqualTo(new Done<>("a1"));
    }
  }

  @Test
  void whoComesBackHasTheOldPlace() throws Exception {
    try (var running = submit("a", "a1")) {
      begun.take();
      leave(submit("a", "a2"));
      assertThat(queue.waiting()).isZero();
      try (var other = submit("b", "b");
          JobFollower<String, String> again = queue.join("a2", false)) {
        assertThat(queue.waiting()).isEqualTo(2);
        mayStep.release(1000);
        assertThat(again.next(LONG)).isEqualTo(new Done<>("a2"));
        assertThat(other.next(LONG)).isEqualTo(new Done<>("b"));
      }
    }
    assertThat(steps).containsExactly("a1", "a1", "a2", "a2", "b", "b");
  }

  @Test
  void whoSendsAndLeavesOverAndOverHoldsUpNobody() throws Exception {
    List<JobFollower<String, String>> left = new ArrayList<>();
    try (var running = submit("b", "b1")) {
      begun.take();
      for (int i = 0; i < 100; i++) {
        left.add(submit("a", "a" + i));
        leave(left.getLast());
      }
      try (var polite = submit("b", "b2")) {
        mayStep.release(STEPS + STEPS);
        assertThat(polite.next(LONG)).isEqualTo(new Done<>("b2"));
      }
      assertThat(steps).containsExactly("b1", "b1", "b2", "b2");
    }
    assertThat(left.stream().filter(job -> queue.join(job.job().name(), true) != null))
        .as("those that may be asked for again")
        .hasSize(2);
  }
}
