package ai.dimoo.server.job;

import ai.dimoo.server.job.JobEvent.Done;
import ai.dimoo.server.job.JobEvent.Failed;
import ai.dimoo.server.job.JobEvent.Progressed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One piece of work and those who follow it. When the last follower has gone, it ends: at once, or
/// after the time that the last one left for a retry of the same request to come.
///
/// Thread-safe.
///
/// @param <P> its progress
/// @param <R> its result
public final class Job<P, R> {

  private final JobWork<P, R> work;
  private final JobListener listener;
  private final long submitted = System.nanoTime();
  private final long deadline;
  private final Set<JobFollower<P, R>> followers = new LinkedHashSet<>();
  private final String name;
  private @Nullable JobEvent<P, R> end;
  private JobEndedException.@Nullable Reason stop;
  private long abandonedUntil = Long.MAX_VALUE;
  private long started;
  private long ended;

  Job(String name, JobWork<P, R> work, Duration limit, JobListener listener) {
    this.name = name;
    this.work = work;
    this.listener = listener;
    deadline = submitted + limit.toNanos();
  }

  /// Follows it from now on; null if it has ended. Close the follower when nobody reads it any
  /// more.
  synchronized @Nullable JobFollower<P, R> followUnlessEnded() {
    if (end != null) {
      return null;
    }
    JobFollower<P, R> follower = new JobFollower<>(this);
    abandonedUntil = Long.MAX_VALUE;
    followers.add(follower);
    return follower;
  }

  synchronized boolean isFollowed() {
    return !followers.isEmpty();
  }

  /// Its name for the log.
  public String name() {
    return name;
  }

  /// How long it waited in the queue, so far if it still does.
  public synchronized Duration queued() {
    long until = started != 0 ? started : ended != 0 ? ended : now();
    return Duration.ofNanos(until - submitted);
  }

  /// How long it was worked on, so far if it still is.
  public synchronized Duration worked() {
    return started == 0 ? Duration.ZERO : Duration.ofNanos((ended == 0 ? now() : ended) - started);
  }

  /// Why it has no result; null: it has one, or has not ended.
  public synchronized @Nullable Throwable failure() {
    return end instanceof Failed<P, R>(Throwable cause) ? cause : null;
  }

  /// Ends it before its next step.
  synchronized void stop(JobEndedException.Reason reason) {
    if (stop == null) {
      stop = reason;
    }
  }

  synchronized void leave(JobFollower<P, R> follower, Duration grace) {
    if (followers.remove(follower) && followers.isEmpty()) {
      abandonedUntil = now() + grace.toNanos();
    }
  }

  /// Whether no more steps shall be computed.
  synchronized boolean shallEnd() {
    long now = now();
    if (now - deadline >= 0) {
      stop(JobEndedException.Reason.TIME_LIMIT);
    }
    if (abandonedUntil != Long.MAX_VALUE && now - abandonedUntil >= 0) {
      stop(JobEndedException.Reason.ABANDONED);
    }
    return stop != null;
  }

  /// Works, unless it shall end; on the queue's thread.
  void run() {
    synchronized (this) {
      if (end != null) {
        return;
      }
      started = now();
    }
    if (shallEnd()) {
      end(new Failed<>(new JobEndedException(stop)));
      return;
    }
    try {
      end(new Done<>(work.run(this::publish, this::shallEnd)));
    } catch (CancellationException e) {
      end(new Failed<>(stop == null ? e : new JobEndedException(stop)));
    } catch (Throwable e) { // an OutOfMemoryError too ends this job only
      end(new Failed<>(e));
    }
  }

  /// Ends it if it was not begun.
  void endUnbegun() {
    synchronized (this) {
      if (started != 0 || end != null) {
        return;
      }
    }
    end(
        new Failed<>(
            new JobEndedException(stop == null ? JobEndedException.Reason.STOPPING : stop)));
  }

  private void publish(P progress) {
    tell(new Progressed<>(progress));
  }

  private void end(JobEvent<P, R> event) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      ended = now();
      end = event;
    }
    listener.ended(this);
    tell(event);
  }

  private void tell(JobEvent<P, R> event) {
    List<JobFollower<P, R>> all;
    synchronized (this) {
      all = new ArrayList<>(followers);
    }
    all.forEach(follower -> follower.take(event));
  }

  private static long now() {
    return System.nanoTime();
  }
}
