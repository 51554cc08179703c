package ai.dimoo.server;

import ai.dimoo.Dimoo;
import ai.dimoo.error.EnvironmentException;
import ai.dimoo.server.a1111.A1111Api;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Refusal;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.job.Job;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.mcp.McpEndpoint;
import ai.dimoo.server.metrics.ServerMetrics;
import ai.dimoo.server.openai.AdaptersApi;
import ai.dimoo.server.openai.ChatApi;
import ai.dimoo.server.openai.ErrorAnswers;
import ai.dimoo.server.openai.ImagesApi;
import ai.dimoo.server.openai.ModelsApi;
import ai.dimoo.server.openai.OfferedAdapters;
import ai.dimoo.server.openai.OpenApi;
import ai.dimoo.server.openai.ServedModel;
import ai.dimoo.server.openai.ServedModels;
import ai.dimoo.server.openai.Service;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/// A running server over one model.
///
/// Thread-safe. Whoever started it closes it; the model is closed by whoever opened that, after the
/// server.
public final class DimooServer implements AutoCloseable {

  /// After the jobs are done, answers have so long to reach their clients.
  private static final Duration TO_SEND_ANSWERS = Duration.ofSeconds(10);

  private final ServerOptions options;
  private final ServerMetrics metrics = new ServerMetrics();
  private final EngineHealth engine = new EngineHealth();
  private final AccessLog log;
  private final RequestSpans spans = new RequestSpans(GlobalOpenTelemetry.get());
  private final JobQueue queue;
  private final Gatekeeper gatekeeper;
  private final Failures failures;
  private final AtomicReference<@Nullable Apis> apis = new AtomicReference<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Javalin javalin;

  /// What answers requests about a model.
  private record Apis(
      ServedModels served,
      ImagesApi images,
      ChatApi chat,
      ModelsApi models,
      AdaptersApi adapters,
      McpEndpoint mcp,
      A1111Api a1111) {
    Apis(ServedModels all, @Nullable Path adapters, AccessLog log) {
      this(
          all,
          new ImagesApi(all),
          new ChatApi(all),
          new ModelsApi(all),
          new AdaptersApi(all, adapters),
          new McpEndpoint(all, log::failure),
          new A1111Api(all));
    }
  }

  private DimooServer(ServerOptions options, PrintWriter out, LongSupplier clock) {
    options.access().check(options.host());
    this.options = options;
    Limits limits = options.limits();
    log = new AccessLog(out, options.logPrompts(), metrics);
    queue =
        new JobQueue(
            limits.queue(),
            limits.share(),
            limits.requestTime(),
            limits.retryTime(),
            clock,
            this::ended);
    metrics.watch(queue);
    gatekeeper = new Gatekeeper(options, closing::get);
    failures = new Failures(log);
    javalin = Javalin.create(this::configure);
  }

  /// Starts it without a model: it listens when this returns, and refuses what needs the model
  /// until [#serve].
  ///
  /// @param log takes the access log and what goes wrong within
  /// @throws ai.dimoo.error.UserException if it would be open to others without keys
  /// @throws EnvironmentException if it cannot listen at the port
  public static DimooServer start(ServerOptions options, PrintWriter log) {
    return start(options, log, System::nanoTime);
  }

  /// The same by a clock of its own.
  ///
  /// @param clock nanoseconds since any moment, of the times that requests may take
  static DimooServer start(ServerOptions options, PrintWriter log, LongSupplier clock) {
    DimooServer server = new DimooServer(options, log, clock);
    try {
      server.javalin.start(options.host(), options.port());
      return server;
    } catch (RuntimeException e) {
      server.queue.close();
      server.metrics.close();
      throw new EnvironmentException(
          "Cannot listen at %s port %d: %s. Choose another with --host and --port."
              .formatted(options.host(), options.port(), rootMessage(e)),
          e);
    }
  }

  /// Starts it; it serves when this returns.
  ///
  /// @param log takes the access log and what goes wrong within
  /// @throws ai.dimoo.error.UserException if it would be open to others without keys
  /// @throws EnvironmentException if it cannot listen at the port
  public static DimooServer start(Dimoo dimoo, ServerOptions options, PrintWriter log) {
    DimooServer server = start(options, log);
    server.serve(dimoo);
    return server;
  }

  private static String rootMessage(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
  }

  /// Serves a model from now on, with the adapters of the options.
  ///
  /// @throws ai.dimoo.error.UserException if an adapter cannot be used
  public void serve(Dimoo dimoo) {
    String name = dimoo.model().name();
    Service service =
        new Service(queue, options.limits(), metrics, HeapRoom.forPictures(), options.trust());
    ServedModel served = ServedModel.bare(dimoo, service);
    OfferedAdapters adapters = options.adapters();
    ServedModels all = new ServedModels(served);
    try {
      adapters.first().forEach(all::load);
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
    queue.atOnce(dimoo.sideBySide());
    spans.serving(name);
    apis.set(new Apis(all, adapters.folder(), log));
    log.event("serving %s on %s".formatted(name, dimoo.model().device()));
  }

  private void configure(JavalinConfig config) {
    Limits limits = options.limits();
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = limits.bodyBytes();
    config.jetty.multipartConfig.maxFileSize(limits.bodyBytes(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(limits.bodyBytes(), SizeUnit.BYTES);
    config.jetty.modifyServer(this::configure);
    config.jetty.modifyServletContextHandler(this::configure);
    config.jetty.modifyHttpConfiguration(this::configure);

    config.routes.before(gatekeeper::check);
    config.routes.afterMatched(DimooServer::noteRoute);
    config.routes.exception(HttpResponseException.class, failures::answer);
    config.routes.exception(Exception.class, failures::answer);
    config.router.javaLangErrorHandler((response, error) -> failures.answer(error, response));
    routes(config);
  }

  private void configure(Server server) {
    // without it, stopping cuts the answers that are being sent
    server.setStopTimeout(TO_SEND_ANSWERS.toMillis());
    server.insertHandler(new Entrance());
    server.setRequestLog(new RequestLog.Collection(log, spans));
    server.setErrorHandler(new RefusedMessages(log));
    server.addBean(new NetworkConnectionLimit(options.limits().connections(), server));
  }

  private void configure(ServletContextHandler context) {
    context.setErrorHandler(new RefusedMessages(log));
    context.getServletHandler().setDecodeAmbiguousURIs(true); // see the HttpConfiguration
  }

  private void configure(HttpConfiguration http) {
    Limits limits = options.limits();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    // clients write the slash of a model's name as %2F
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "models",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_EMPTY_SEGMENT)); // which the Entrance takes out
    // one buffer for both; the gatekeeper looks at the path alone
    http.setRequestHeaderSize(limits.uriBytes() + limits.headerBytes());
  }

  private void routes(JavalinConfig config) {
    Page.addTo(config.routes);
    config.routes.post("/v1/images/generations", context -> apis().images().generations(context));
    config.routes.post("/v1/chat/completions", context -> apis().chat().completions(context));
    config.routes.post("/v1/images/edits", context -> apis().images().edits(context));
    config.routes.get("/v1/models", context -> apis().models().list(context));
    config.routes.get( // names may have slashes
        "/v1/models/<id>", context -> apis().models().one(context, context.pathParam("id")));
    config.routes.post("/v1/adapters", context -> apis().adapters().load(context));
    config.routes.delete(
        "/v1/adapters/{name}",
        context -> apis().adapters().unload(context, context.pathParam("name")));
    config.routes.post("/mcp", context -> apis().mcp().post(context));
    config.routes.get("/mcp", context -> apis().mcp().get(context));
    config.routes.post("/sdapi/v1/txt2img", context -> apis().a1111().txt2img(context));
    config.routes.post("/sdapi/v1/img2img", context -> apis().a1111().img2img(context));
    config.routes.get("/sdapi/v1/sd-models", context -> apis().a1111().models(context));
    config.routes.get("/sdapi/v1/loras", context -> apis().a1111().loras(context));
    config.routes.get("/sdapi/v1/options", context -> apis().a1111().options(context));
    config.routes.post("/sdapi/v1/options", context -> apis().a1111().setOptions(context));
    config.routes.get("/sdapi/v1/progress", context -> apis().a1111().progress(context));
    config.routes.get("/openapi.json", new OpenApi()::get);
    config.routes.get("/health", context -> json(context, "{\"status\":\"alive\"}"));
    config.routes.get("/ready", this::ready);
    config.routes.get(
        "/metrics",
        context -> context.contentType("text/plain; version=0.0.4").result(metrics.text()));
  }

  private static void json(Context context, String text) {
    context.contentType("application/json").result(text);
  }

  private static void noteRoute(Context context) {
    Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
    if (endpoint != null) {
      RequestRecord.of(context).route(endpoint.path);
    }
  }

  private Apis apis() {
    Apis present = apis.get();
    if (present == null) {
      throw Refusal.later(
          503, "loading", "The model is being loaded; try again soon.", Duration.ofSeconds(10));
    }
    return present;
  }

  private void ready(Context context) {
    if (closing.get()) {
      throw Refusal.later(503, "stopping", "The server is being stopped.", Duration.ofSeconds(10));
    }
    apis();
    if (engine.failed()) {
      throw Refusal.later(
          503,
          "engine_failed",
          "The last requests all failed within the engine; the server's log says how.",
          Duration.ofSeconds(30));
    }
    json(context, "{\"status\":\"ready\"}");
  }

  private void ended(Job<?, ?> job) {
    metrics.ended(job);
    engine.ended(job);
    Throwable failure = job.failure();
    if (failure != null && ErrorAnswers.isOurs(failure)) {
      log.failure(job.name(), failure);
    }
  }

  /// What it answers, as `METHOD /path`, whoever may ask.
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  /// The port at which it listens.
  public int port() {
    return javalin.port();
  }

  /// Takes no more requests, lets those that it has finish within the grace time, and stops. New
  /// requests are answered with 503 meanwhile. Does nothing the second time.
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    try {
      queue.drain(options.grace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.close(); // what was not done in time ends here, with an answer
    Apis present = apis.get();
    if (present != null) {
      present.mcp().close();
    }
    javalin.stop();
    if (present != null) {
      present.served().close();
    }
    metrics.close();
  }
}
