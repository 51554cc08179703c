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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One piece of work and those who follow it. When the last follower has gone, it ends: at once, or
/// after the time that the last one left for a retry of the same request to come. Until then it
/// yields to jobs that somebody follows, and its result is kept.
///
/// Thread-safe.
///
/// @param <P> its progress
/// @param <R> its result
public final class Job<P, R> {

  private final long number;
  private final String owner;
  private final String key;
  private final JobRequest<P, R> request;
  private final JobListener listener;
  private final Consumer<Job<?, ?>> left;
  private final LongSupplier clock;
  private final long submitted;
  private final long deadline;
  private final Set<JobFollower<P, R>> followers = new LinkedHashSet<>();
  private final String name;
  private @Nullable JobEvent<P, R> end;
  private JobEndedException.@Nullable Reason stop;
  private long abandonedUntil = Long.MAX_VALUE;
  private boolean joined;
  private long started;
  private long ended;

  /// @param number of the jobs of its queue, in the order in which they came
  /// @param owner whose share of the queue it takes
  /// @param key what the queue finds it by
  /// @param name for the log
  /// @param limit when it ends, whatever comes
  /// @param clock nanoseconds since any moment
  /// @param left told when a follower has gone
  Job(
      long number,
      String owner,
      String key,
      String name,
      JobRequest<P, R> request,
      Duration limit,
      LongSupplier clock,
      JobListener listener,
      Consumer<Job<?, ?>> left) {
    this.number = number;
    this.owner = owner;
    this.key = key;
    this.name = name;
    this.request = request;
    this.listener = listener;
    this.left = left;
    this.clock = clock;
    submitted = now();
    deadline = submitted + limit.toNanos();
  }

  /// Follows it from now on, or gets its end if that was before. Close the follower when nobody
  /// reads it any more.
  synchronized JobFollower<P, R> follow() {
    JobFollower<P, R> follower = new JobFollower<>(this);
    abandonedUntil = Long.MAX_VALUE;
    followers.add(follower);
    if (end != null) {
      follower.take(end);
    }
    return follower;
  }

  long number() {
    return number;
  }

  String owner() {
    return owner;
  }

  String key() {
    return key;
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

  /// It is done beside another.
  synchronized void markJoined() {
    joined = true;
  }

  /// Whether it has not ended.
  synchronized boolean isUnderWay() {
    return end == null;
  }

  /// Whether it was done beside another, for a time at least.
  public synchronized boolean isJoined() {
    return joined;
  }

  /// Whether it has a result.
  synchronized boolean isDone() {
    return end instanceof Done;
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

  void leave(JobFollower<P, R> follower, Duration grace) {
    synchronized (this) {
      if (!followers.remove(follower)) {
        return;
      }
      if (followers.isEmpty()) {
        abandonedUntil = now() + grace.toNanos();
      }
    }
    left.accept(this);
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
  ///
  /// @param yields asked before each step: whether another job is to be done first
  /// @return whether it has ended; else it is to be done again
  boolean run(BooleanSupplier yields) {
    synchronized (this) {
      if (end != null) {
        return true;
      }
      started = now();
    }
    if (shallEnd()) {
      end(new Failed<>(new JobEndedException(stop)));
      return true;
    }
    AtomicBoolean yielded = new AtomicBoolean();
    try {
      end(
          new Done<>(
              request.make(
                  this::publish,
                  () -> {
                    yielded.set(yielded.get() || !shallEnd() && yields.getAsBoolean());
                    return yielded.get() || shallEnd();
                  })));
    } catch (CancellationException e) {
      if (yielded.get()) {
        restart();
        return false;
      }
      end(new Failed<>(stop == null ? e : new JobEndedException(stop)));
    } catch (Throwable e) { // an OutOfMemoryError too ends this job only
      end(new Failed<>(e));
    }
    return true;
  }

  private synchronized void restart() {
    started = 0;
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

  private long now() {
    return clock.getAsLong();
  }
}
