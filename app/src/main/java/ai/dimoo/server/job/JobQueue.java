package ai.dimoo.server.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A bounded queue before one engine. Jobs are done one after another, in the order in which they
/// came, on one platform thread. A job that nobody follows any more gives up its place.
///
/// Thread-safe. Whoever made it closes it.
public final class JobQueue implements AutoCloseable {

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /// How much the last job counts in the usual time of a job.
  private static final double NEWEST = 0.3;

  private final int capacity;
  private final Duration limit;
  private final JobListener listener;
  private final Deque<Job<?, ?>> waiting = new ArrayDeque<>();
  private final Map<String, Job<?, ?>> byKey = new HashMap<>();
  private final Thread worker;
  private @Nullable Job<?, ?> running;
  private double usualSeconds;
  private boolean stopping;

  /// @param capacity jobs that may wait, besides the one that runs; at least 1
  /// @param limit time that a job may take, the wait included
  /// @param listener learns of the end of each job
  public JobQueue(int capacity, Duration limit, JobListener listener) {
    this.capacity = capacity;
    this.limit = limit;
    this.listener = listener;
    worker = Thread.ofPlatform().name("jobs").daemon(true).start(this::work);
  }

  /// Takes work.
  ///
  /// @param key the same for the same request of the same client: what [#join] finds
  /// @param name the job's, for the log
  /// @param spent what the request has taken of its time already
  /// @throws JobRefusedException if the queue is full or closing
  public synchronized <P, R> JobFollower<P, R> submit(
      String key, String name, Duration spent, JobWork<P, R> work) {
    if (stopping) {
      throw new JobRefusedException(true, roomIn());
    }
    dropAbandoned();
    if (waiting.size() >= capacity) {
      throw new JobRefusedException(false, roomIn());
    }
    Job<P, R> job = new Job<>(name, work, limit.minus(spent), listener);
    JobFollower<P, R> follower = Objects.requireNonNull(job.followUnlessEnded()); // just begun
    byKey.put(key, job);
    waiting.add(job);
    notifyAll();
    return follower;
  }

  /// The job of the same request, if it waits or runs and nobody follows it any more: its client
  /// went away, perhaps to send the request again. Two clients that ask for the same get a job
  /// each. The caller must know by the key what the job makes.
  ///
  /// @param retry whether the client says that it sends the request again: then it joins even if
  ///   the first connection still seems to be there
  @SuppressWarnings("unchecked")
  public synchronized <P, R> @Nullable JobFollower<P, R> join(String key, boolean retry) {
    Job<?, ?> job = byKey.get(key);
    return job == null || job.shallEnd() || !retry && job.isFollowed()
        ? null
        : ((Job<P, R>) job).followUnlessEnded();
  }

  /// Jobs that wait.
  public synchronized int waiting() {
    dropAbandoned();
    return waiting.size();
  }

  /// In how long the job that runs is likely to be done, going by those before it: from 1 to 60
  /// seconds.
  synchronized Duration roomIn() {
    double done = running == null ? 0 : running.worked().toMillis() / 1000.0;
    Duration left = Duration.ofMillis((long) (1000 * (usualSeconds - done)));
    return left.compareTo(SHORTEST_WAIT) < 0
        ? SHORTEST_WAIT
        : left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
  }

  private void remember(Job<?, ?> job) {
    if (job.failure() == null) {
      double seconds = job.worked().toMillis() / 1000.0;
      usualSeconds = usualSeconds == 0 ? seconds : NEWEST * seconds + (1 - NEWEST) * usualSeconds;
    }
  }

  /// Jobs that may wait.
  public int capacity() {
    return capacity;
  }

  /// Whether a job is being done.
  public synchronized boolean busy() {
    return running != null;
  }

  private void dropAbandoned() {
    for (Iterator<Job<?, ?>> jobs = waiting.iterator(); jobs.hasNext(); ) {
      Job<?, ?> job = jobs.next();
      if (job.shallEnd()) {
        jobs.remove();
        byKey.values().remove(job);
        job.endUnbegun();
      }
    }
  }

  private void work() {
    while (true) {
      Job<?, ?> job;
      synchronized (this) {
        while (waiting.isEmpty()) {
          if (stopping) {
            return;
          }
          try {
            wait();
          } catch (InterruptedException e) {
            return;
          }
        }
        job = waiting.remove();
        running = job;
      }
      job.run();
      synchronized (this) {
        running = null;
        remember(job);
        byKey.values().remove(job);
        notifyAll();
      }
    }
  }

  /// Takes no more jobs from now on.
  public synchronized void stopTaking() {
    stopping = true;
    notifyAll();
  }

  /// Takes no more jobs, waits for those that it has, and ends those that are not done in time
  /// before their next step.
  ///
  /// @return whether all were done
  public boolean drain(Duration grace) throws InterruptedException {
    stopTaking();
    long deadline = System.nanoTime() + grace.toNanos();
    synchronized (this) {
      while (running != null || !waiting.isEmpty()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        wait(left);
      }
      boolean all = running == null && waiting.isEmpty();
      waiting.forEach(Job::endUnbegun);
      waiting.clear();
      if (running != null) {
        running.stop(JobEndedException.Reason.STOPPING);
      }
      return all;
    }
  }

  /// Ends all jobs before their next step, and waits for the one that runs.
  @Override
  public void close() {
    try {
      drain(Duration.ZERO);
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
