package ai.dimoo.server.job;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One who follows a job: a request that waits for its result. To be read by one thread; it keeps
/// what was not read yet, at most one event a step.
///
/// @param <P> progress of the job
/// @param <R> result of the job
public final class JobFollower<P, R> implements AutoCloseable {

  private final Job<P, R> job;
  private final LinkedBlockingQueue<JobEvent<P, R>> events = new LinkedBlockingQueue<>();
  private Duration grace = Duration.ZERO;

  JobFollower(Job<P, R> job) {
    this.job = job;
  }

  void take(JobEvent<P, R> event) {
    events.add(event);
  }

  /// The next event, in the order in which they came.
  ///
  /// @return null if there is none within the time
  public @Nullable JobEvent<P, R> next(Duration within) throws InterruptedException {
    JobEvent<P, R> event = events.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null && job.shallEnd()) {
      job.endUnbegun(); // behind a long job, the end is known before its turn comes
      return events.poll();
    }
    return event;
  }

  /// The job.
  public Job<P, R> job() {
    return job;
  }

  /// When this follower goes and is the last, the job, or its result, is there for so long for
  /// somebody else to join it. Not set, or zero: it ends before its next step.
  public void graceForOthers(Duration time) {
    grace = time;
  }

  /// Follows no more.
  @Override
  public void close() {
    job.leave(this, grace);
  }
}
