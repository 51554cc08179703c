package ai.dimoo.server.job;

import ai.dimoo.server.job.JobRefusedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A bounded queue before one engine. Jobs begin in the order in which they came; as many are done
/// at the same time as the engine computes, each on a platform thread.
///
/// A job that nobody follows any more gives up its place. For as long as its last follower left for
/// a retry it rests: it is done only while no job waits that somebody follows, and yields to the
/// next that comes and finds no place; whoever joins it has its old place, or its result. Nobody
/// has more than a share of the places, nor of those at rest.
///
/// Thread-safe. Whoever made it closes it.
public final class JobQueue implements AutoCloseable {

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /// How much the last job counts in the usual time of a job.
  private static final double NEWEST = 0.3;

  private final int capacity;
  private final int share;
  private final Duration limit;
  private final Duration retryTime;
  private final LongSupplier clock;
  private final JobListener listener;
  private final SortedSet<Job<?, ?>> waiting = new TreeSet<>(Comparator.comparingLong(Job::number));
  private final Set<Job<?, ?>> resting = new LinkedHashSet<>(); // begun or not, or done
  private final Map<String, Job<?, ?>> byKey = new HashMap<>();
  private final Set<Job<?, ?>> running = new LinkedHashSet<>();
  private final List<Thread> workers = new ArrayList<>();
  private long numbers;
  private double usualSeconds;
  private boolean stopping;

  /// @param capacity jobs that may wait, besides the one that runs; at least 1
  /// @param share jobs of one owner that may wait; at least 1
  /// @param limit time that a job may take, the wait included
  /// @param retryTime for a client that closed its connection to send its request again
  /// @param listener learns of the end of each job
  public JobQueue(
      int capacity, int share, Duration limit, Duration retryTime, JobListener listener) {
    this(capacity, share, limit, retryTime, System::nanoTime, listener);
  }

  /// Goes by a clock of its own.
  ///
  /// @param clock nanoseconds since any moment, of the jobs' times
  public JobQueue(
      int capacity,
      int share,
      Duration limit,
      Duration retryTime,
      LongSupplier clock,
      JobListener listener) {
    this.capacity = capacity;
    this.share = share;
    this.limit = limit;
    this.retryTime = retryTime;
    this.clock = clock;
    this.listener = listener;
    atOnce(1);
  }

  /// Does more jobs at the same time from now on.
  ///
  /// @param jobs at least as many as before
  public synchronized void atOnce(int jobs) {
    while (workers.size() < jobs) {
      String name = "jobs-" + (workers.size() + 1);
      workers.add(Thread.ofPlatform().name(name).daemon(true).start(this::work));
    }
  }

  /// How long a client that closed its connection may take to send its request again and find the
  /// job, or its result.
  public Duration retryTime() {
    return retryTime;
  }

  /// Takes a request.
  ///
  /// @param owner whose share of the queue it takes
  /// @param key the same for the same request of the same client: what [#join] finds
  /// @param name the job's, for the log
  /// @param spent what the request has taken of its time already
  /// @throws JobRefusedException if there is no place for it
  public synchronized <P, R> JobFollower<P, R> submit(
      String owner, String key, String name, Duration spent, JobRequest<P, R> request) {
    if (stopping) {
      throw new JobRefusedException(Reason.STOPPING, roomIn());
    }
    if (waiting() >= capacity) {
      throw new JobRefusedException(Reason.FULL, roomIn());
    }
    if (count(job -> job.owner().equals(owner)) >= share) {
      throw new JobRefusedException(Reason.SHARE, roomIn());
    }
    Job<P, R> job =
        new Job<>(
            ++numbers, owner, key, name, request, limit.minus(spent), clock, listener, this::left);
    JobFollower<P, R> follower = job.follow();
    byKey.put(key, job);
    waiting.add(job);
    notifyAll();
    return follower;
  }

  /// The job of the same request, if nobody follows it any more: its client went away, perhaps to
  /// send the request again. It may wait, run, or be done. Two clients that ask for the same get a
  /// job each. The caller must know by the key what the job makes.
  ///
  /// @param retry whether the client says that it sends the request again: then it joins even if
  ///   the first connection still seems to be there
  @SuppressWarnings("unchecked")
  public synchronized <P, R> @Nullable JobFollower<P, R> join(String key, boolean retry) {
    Job<?, ?> job = byKey.get(key);
    if (job == null || job.shallEnd() || !retry && job.isFollowed()) {
      return null;
    }
    resting.remove(job);
    JobFollower<P, R> follower = ((Job<P, R>) job).follow();
    notifyAll();
    return follower;
  }

  /// Jobs that wait and that somebody follows.
  public synchronized int waiting() {
    endAbandoned();
    return count(job -> true);
  }

  /// How many jobs come before a job, those that are done now among them; 0 where it has begun or
  /// ended, or begins at once. Jobs that nobody follows do not count: they yield.
  public synchronized int before(Job<?, ?> job) {
    if (!waiting.contains(job)) {
      return 0;
    }
    int ahead =
        (int)
            Stream.concat(running.stream(), waiting.headSet(job).stream())
                .filter(Job::isFollowed)
                .count();
    return ahead < workers.size() ? 0 : ahead;
  }

  private int count(Predicate<Job<?, ?>> which) {
    return (int) waiting.stream().filter(Job::isFollowed).filter(which).count();
  }

  /// In how long one of the jobs that run is likely to be done, going by those before it: from 1 to
  /// 60 seconds.
  synchronized Duration roomIn() {
    double done =
        running.stream().mapToDouble(job -> job.worked().toMillis() / 1000.0).max().orElse(0);
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

  /// Jobs that are being done.
  public synchronized int running() {
    return running.size();
  }

  /// A follower of a job has gone: if it was the last, the job rests, or ends.
  private synchronized void left(Job<?, ?> job) {
    boolean held = running.contains(job) || waiting.contains(job) || byKey.get(job.key()) == job;
    if (job.isFollowed() || !held) {
      return;
    }
    resting.add(job);
    endOldestResting(other -> other.owner().equals(job.owner()), share);
    endOldestResting(other -> true, capacity);
    endAbandoned();
    notifyAll();
  }

  private void endOldestResting(Predicate<Job<?, ?>> which, int most) {
    List<Job<?, ?>> all = resting.stream().filter(which).toList();
    all.subList(0, Math.max(0, all.size() - most))
        .forEach(job -> job.stop(JobEndedException.Reason.ABANDONED));
  }

  private void endAbandoned() {
    for (Job<?, ?> job : List.copyOf(resting)) {
      if (stopping) {
        job.stop(JobEndedException.Reason.ABANDONED);
      }
      if (job.shallEnd()) {
        resting.remove(job);
        if (!running.contains(job)) {
          forget(job);
        }
      }
    }
    for (Job<?, ?> job : List.copyOf(waiting)) { // whose time is over
      if (job.shallEnd()) {
        forget(job);
      }
    }
  }

  private void forget(Job<?, ?> job) {
    waiting.remove(job);
    resting.remove(job);
    byKey.remove(job.key(), job);
    job.endUnbegun();
  }

  private void work() {
    while (true) {
      Job<?, ?> job = next();
      if (job == null) {
        return;
      }
      boolean ended = job.run(() -> shallYield(job));
      synchronized (this) {
        running.remove(job);
        if (!ended) {
          waiting.add(job);
        } else {
          remember(job);
          // a result whose client has gone, or is found to have gone, may be asked for again
          if (!job.isDone() || !job.isFollowed() && !resting.contains(job)) {
            forget(job);
          }
        }
        notifyAll();
      }
    }
  }

  /// The next job, which runs from now on; null: there will be no more.
  private synchronized @Nullable Job<?, ?> next() {
    while (true) {
      endAbandoned();
      Job<?, ?> job =
          waiting.stream()
              .filter(Job::isFollowed)
              .findFirst()
              .orElse(waiting.stream().findFirst().orElse(null));
      if (job != null) {
        waiting.remove(job);
        running.add(job);
        List<Job<?, ?>> underWay = running.stream().filter(Job::isUnderWay).toList();
        if (underWay.size() > 1) {
          underWay.forEach(Job::markJoined);
        }
        return job;
      }
      if (stopping) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        return null;
      }
    }
  }

  private synchronized boolean shallYield(Job<?, ?> job) {
    boolean placeIsFree = running.size() < workers.size();
    return !placeIsFree && !job.isFollowed() && count(other -> true) > 0;
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
      endAbandoned();
      while (!running.isEmpty() || !waiting.isEmpty()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        wait(left);
      }
      boolean all = running.isEmpty() && waiting.isEmpty();
      waiting.forEach(Job::endUnbegun);
      waiting.clear();
      running.forEach(job -> job.stop(JobEndedException.Reason.STOPPING));
      return all;
    }
  }

  /// Ends all jobs before their next step, and waits for those that run.
  @Override
  public void close() {
    try {
      drain(Duration.ZERO);
      for (Thread worker : workers()) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Thread> workers() {
    return List.copyOf(workers);
  }
}
