package ai.dimoo.server;

import ai.dimoo.Dimoo;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.openai.ErrorAnswers;
import ai.dimoo.server.openai.ImagesApi;
import ai.dimoo.server.openai.ServedModel;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/// A running server over one model.
///
/// Thread-safe. Whoever started it closes it; the model is closed by whoever opened that.
public final class DimooServer implements AutoCloseable {

  private final ServerOptions options;
  private final PrintWriter log;
  private final JobQueue queue;
  private final Javalin javalin;

  private DimooServer(Dimoo dimoo, ServerOptions options, PrintWriter log) {
    this.options = options;
    this.log = log;
    Limits limits = options.limits();
    queue = new JobQueue(limits.queue(), limits.requestTime());
    String name = dimoo.model().name();
    ServedModel served = new ServedModel(name, dimoo, queue, limits, Instant.now());
    javalin = Javalin.create(config -> configure(config, served));
  }

  /// Starts it; it serves when this returns.
  ///
  /// @param log takes the access log and what goes wrong within
  /// @throws EnvironmentException if it cannot listen at the port
  public static DimooServer start(Dimoo dimoo, ServerOptions options, PrintWriter log) {
    DimooServer server = new DimooServer(dimoo, options, log);
    try {
      server.javalin.start(options.host(), options.port());
      return server;
    } catch (RuntimeException e) {
      server.queue.close();
      throw new EnvironmentException(
          "Cannot listen at %s port %d: %s. Choose another with --host and --port."
              .formatted(options.host(), options.port(), rootMessage(e)),
          e);
    }
  }

  private static String rootMessage(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
  }

  private void configure(JavalinConfig config, ServedModel served) {
    Limits limits = options.limits();
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = limits.bodyBytes();
    config.jetty.multipartConfig.maxFileSize(limits.bodyBytes(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(limits.bodyBytes(), SizeUnit.BYTES);
    // without it, stopping cuts the requests that are being answered
    config.jetty.modifyServer(server -> server.setStopTimeout(options.grace().toMillis()));

    config.routes.before(context -> context.header("x-request-id", RequestRecord.begin(context).id()));
    config.requestLogger.http(
        (context, _) -> {
          log.println(RequestRecord.of(context).line(context));
          log.flush();
        });
    config.routes.exception(Exception.class, this::fail);

    ImagesApi images = new ImagesApi(served);
    config.routes.post("/v1/images/generations", images::generations);
    config.routes.get("/health", context -> context.result("ok"));
  }

  private void fail(Exception failure, Context context) {
    Refusal refusal =
        failure instanceof HttpResponseException http
            ? Refusal.of(http.getStatus(), "http_" + http.getStatus(), String.valueOf(http.getMessage()))
            : ErrorAnswers.refusal(failure);
    if (refusal.status() == 500) {
      failure.printStackTrace(log);
      log.flush();
    }
    if (context.res().isCommitted()) {
      return; // a stream whose client has gone
    }
    Duration retry = refusal.retryAfter();
    if (retry != null) {
      context.header("Retry-After", Long.toString(retry.toSeconds()));
    }
    context
        .status(refusal.status())
        .contentType("application/json")
        .result(ErrorAnswers.body(refusal).toString());
  }

  /// The port at which it listens.
  public int port() {
    return javalin.port();
  }

  /// Takes no more requests, lets the running ones finish within the grace time, and stops.
  @Override
  public void close() {
    try {
      queue.drain(options.grace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    javalin.stop();
    queue.close();
  }
}
