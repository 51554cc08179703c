package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.Dimoo;
import ai.dimoo.ModelOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server of the pocket model at a free port, one for each test class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServerFixture {

  /// Where the pocket model is, seen from this module.
  public static final Path POCKET = Path.of("../models/pocket");

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StringWriter log = new StringWriter();

  /// What the server's clock is fast by, in nanoseconds.
  private final AtomicLong fast = new AtomicLong();

  private final HttpClient client = HttpClient.newHttpClient();
  private Dimoo dimoo;
  private DimooServer server;

  /// The folder of the model that is served.
  ///
  /// @param own a folder of this test's own
  protected Path model(Path own) throws IOException {
    return POCKET;
  }

  /// How the model computes: one request at a time, so that others wait.
  protected ModelOptions modelOptions() {
    return ModelOptions.DEFAULT.withSideBySide(1);
  }

  /// How the server runs.
  protected ServerOptions options() {
    return ServerOptions.DEFAULT.withPort(0).withGrace(Duration.ZERO);
  }

  @BeforeAll
  void startServer(@TempDir Path own) throws IOException {
    dimoo = Dimoo.open(model(own), modelOptions());
    server =
        DimooServer.start(options(), new PrintWriter(log), () -> System.nanoTime() + fast.get());
    server.serve(dimoo);
  }

  @AfterAll
  void stopServer() {
    client.close();
    if (server != null) {
      server.close();
    }
    if (dimoo != null) {
      dimoo.close();
    }
  }

  /// The model behind the server.
  protected Dimoo dimoo() {
    return dimoo;
  }

  /// The server.
  protected DimooServer server() {
    return server;
  }

  /// A client that keeps its connections.
  protected HttpClient client() {
    return client;
  }

  /// The address of a path.
  protected URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /// A request with headers `name, value, name, value, …`.
  protected HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  /// The answer to a request.
  protected HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The answer to a GET.
  protected HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers));
  }

  /// The answer to a POST of JSON.
  protected HttpResponse<String> post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /// Puts the clock forward by which the server measures the times of requests.
  protected void pass(Duration time) {
    fast.addAndGet(time.toNanos());
  }

  /// Waits until something is so that time brings about once the server has noticed what it waits
  /// for: the server's clock runs fast meanwhile.
  protected void untilTimeBrings(Callable<Boolean> condition) throws Exception {
    until(() -> {
      pass(Duration.ofSeconds(1));
      return condition.call();
    });
  }

  /// A connection on which a test sends what it likes.
  protected RawConnection connect() throws IOException {
    return new RawConnection(server.port());
  }

  /// A body as JSON.
  protected static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /// Text as JSON.
  protected static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /// The word for programs in an error.
  protected static String code(HttpResponse<String> answer) {
    return json(answer).at("/error/code").asString();
  }

  /// What was logged so far.
  protected String log() {
    return log.toString();
  }

  /// The lines that were logged of a request, once the access log's is there, which comes last: the
  /// client may have its answer before.
  protected List<String> logOf(HttpResponse<?> answer) throws Exception {
    String id = answer.headers().firstValue("x-request-id").orElseThrow();
    until(() -> log().lines().anyMatch(line -> line.contains(id) && line.contains(" status=")));
    return log().lines().filter(line -> line.contains(id)).toList();
  }

  /// The value of a metric, 0 if there is none yet.
  ///
  /// @param name with its labels in the order of the alphabet, `name{label="value"}`
  protected double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /// Waits until something is so, and fails if that takes a minute.
  protected static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
