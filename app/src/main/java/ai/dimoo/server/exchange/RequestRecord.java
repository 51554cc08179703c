package ai.dimoo.server.exchange;

import ai.dimoo.ModelDefaults;
import ai.dimoo.request.Ask;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.server.job.Job;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What the access log says of a request. Written by the request's thread; its job and why it was
/// refused may be read by others.
public final class RequestRecord {

  private static final String ATTRIBUTE = "ai.dimoo.request";

  private final String id = "req_" + UUID.randomUUID().toString().replace("-", "");
  private final long begun = System.nanoTime();
  private String client;
  private @Nullable String route;
  private volatile @Nullable String refusal;
  private @Nullable Work work;
  private @Nullable Usage usage;
  private volatile @Nullable Job<?, ?> job;

  private RequestRecord(String client) {
    this.client = client;
  }

  /// The record of a request, begun if it has none yet.
  public static RequestRecord of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof RequestRecord record) {
      return record;
    }
    RequestRecord record = new RequestRecord(Request.getRemoteAddr(request));
    request.setAttribute(ATTRIBUTE, record);
    return record;
  }

  /// The record of a request.
  public static RequestRecord of(Context context) {
    RequestRecord record = context.attribute(ATTRIBUTE);
    if (record == null) {
      throw new IllegalStateException("a request that did not come in by the Entrance");
    }
    return record;
  }

  /// The request's id, which the answer carries as `x-request-id`.
  public String id() {
    return id;
  }

  /// Who sent it: the name of a key, or an address.
  public String client() {
    return client;
  }

  /// Names who sent it.
  public void client(String name) {
    client = name;
  }

  /// The pattern of the path that it came to; null: there is none.
  public @Nullable String route() {
    return route;
  }

  public void route(String pattern) {
    route = pattern;
  }

  /// Why it was refused, in one word; null: it was not.
  public @Nullable String refusal() {
    return refusal;
  }

  /// Says why it gets an error, also one within an answer that had begun.
  public void refuse(Refusal why) {
    refusal = why.code();
  }

  /// Says what pictures are to be made.
  ///
  /// @param adapter of the model that makes them; null: none
  public void describe(
      List<? extends ImageRequest> requests, ModelDefaults defaults, @Nullable String adapter) {
    work = Work.of(requests, defaults, adapter);
  }

  /// Says what is asked.
  ///
  /// @param adapter of the model that is asked; null: none
  public void describe(Ask request, ModelDefaults defaults, @Nullable String adapter) {
    work = Work.of(request, defaults, adapter);
  }

  /// What the model is asked for; null: nothing.
  public @Nullable Work work() {
    return work;
  }

  /// Says what was made.
  ///
  /// @param made result of the job
  public void made(Object made) {
    usage = Usage.of(made);
  }

  /// Tokens of what was made; null: nothing was.
  public @Nullable Usage usage() {
    return usage;
  }

  /// The job whose times are logged.
  public void follow(Job<?, ?> of) {
    job = of;
  }

  /// The job that makes what it asks for; null: there is none.
  public @Nullable Job<?, ?> job() {
    return job;
  }

  /// The time since it came.
  public Duration time() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
