package ai.dimoo.server.metrics;

import ai.dimoo.Answer;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.Timings;
import ai.dimoo.error.UserException;
import ai.dimoo.server.job.Job;
import ai.dimoo.server.job.JobEndedException;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.torch.TorchRuntime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Counts and measures. Thread-safe.
public final class ServerMetrics implements AutoCloseable {

  private static final Duration[] REQUEST_BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(100),
    Duration.ofSeconds(300)
  };

  /// Others would let clients make up series without end.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter steps = counter("dimoo.steps", "Steps of the samplers");
  private final Counter joined =
      counter("dimoo.jobs.joined", "Jobs that were done beside others, for a time at least");
  private final Counter pictures = counter("dimoo.pictures", "Pictures made");
  private final Counter imageTokens = tokens("image");
  private final Counter textTokens = tokens("text");
  private final Timer queue = stage("queue");
  private final Timer encode = stage("encode");
  private final Timer sample = stage("sample");
  private final Timer decode = stage("decode");

  /// Begins at zero.
  public ServerMetrics() {
    Gauge.builder("dimoo.heap.bytes", ServerMetrics::heap)
        .description("Java heap in use")
        .register(registry);
    Gauge.builder("process.resident.memory.bytes", NativeMemory::resident)
        .description("Memory of the process, weights that are mapped from files included")
        .register(registry);
    Gauge.builder("dimoo.native.bytes", NativeMemory::allocated)
        .description("Allocated outside the Java heap: LibTorch's tensors on the CPU, and the rest")
        .register(registry);
    Gauge.builder("dimoo.javacpp.bytes", TorchRuntime::nativeBytes)
        .description("Allocated by JavaCPP for objects of LibTorch's, their tensors' data excluded")
        .register(registry);
    Gauge.builder("dimoo.javacpp.objects", TorchRuntime::nativeObjects)
        .description("Objects of LibTorch's that Java holds")
        .register(registry);
  }

  private static double heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Counter tokens(String kind) {
    return Counter.builder("dimoo.tokens")
        .description("Tokens made")
        .tag("kind", kind)
        .register(registry);
  }

  private Timer stage(String stage) {
    return Timer.builder("dimoo.stage")
        .description("Seconds of each stage of a request")
        .tag("stage", stage)
        .register(registry);
  }

  /// Shows how long a queue is.
  public void watch(JobQueue jobs) {
    Gauge.builder("dimoo.queue.length", jobs, JobQueue::waiting)
        .description("Requests that wait for the engine")
        .register(registry);
    Gauge.builder("dimoo.queue.capacity", jobs, JobQueue::capacity)
        .description("Requests that may wait for the engine")
        .register(registry);
    Gauge.builder("dimoo.running", jobs, JobQueue::running)
        .description("Requests that the engine is at work on")
        .register(registry);
  }

  /// A request was answered.
  ///
  /// @param route the pattern of its path
  public void answered(String route, String method, int status, Duration time) {
    String known = METHODS.contains(method) ? method : "other";
    Counter.builder("dimoo.requests")
        .description("Requests answered")
        .tags("route", route, "method", known, "status", Integer.toString(status))
        .register(registry)
        .increment();
    Timer.builder("dimoo.request")
        .description("Seconds from a request to the end of its answer")
        .tag("route", route)
        .serviceLevelObjectives(REQUEST_BUCKETS)
        .register(registry)
        .record(time);
  }

  /// A request was refused.
  ///
  /// @param reason one word of a fixed set
  public void refused(String reason) {
    Counter.builder("dimoo.refusals")
        .description("Requests that got an error instead of a result")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  /// A job has ended.
  public void ended(Job<?, ?> job) {
    queue.record(job.queued());
    if (job.isJoined()) {
      joined.increment();
    }
    Counter.builder("dimoo.jobs")
        .description("Jobs of the engine that have ended")
        .tag("outcome", outcome(job.failure()))
        .register(registry)
        .increment();
  }

  private static String outcome(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "done";
      case JobEndedException ended -> ended.reason().name().toLowerCase(Locale.ROOT);
      case CancellationException _ -> "cancelled";
      case UserException _ -> "refused"; // the request's fault, found by the model
      default -> "failed";
    };
  }

  /// A step of a sampler is done.
  public void step() {
    steps.increment();
  }

  /// A picture was made.
  public void made(GeneratedPicture picture) {
    pictures.increment();
    imageTokens.increment(picture.codes().size());
    stages(picture.timings());
  }

  /// A question was answered.
  public void made(Answer answer) {
    textTokens.increment(answer.tokens().length);
    stages(answer.timings());
  }

  private void stages(Timings timings) {
    encode.record(timings.encode());
    sample.record(timings.sample());
    decode.record(timings.decode());
  }

  /// Everything in Prometheus's text format.
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
