package ai.dimoo.server;

import ai.dimoo.ImageRequest;
import ai.dimoo.server.job.Job;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the access log says of a request. Belongs to the request's thread.
public final class RequestRecord {

  private static final String ATTRIBUTE = "ai.dimoo.request";

  private final String id = "req_" + UUID.randomUUID().toString().replace("-", "");
  private final long begun = System.nanoTime();
  private String client = "";
  private String work = "";
  private @Nullable Job<?, ?> job;

  private RequestRecord() {}

  /// Begins the record of a request.
  static RequestRecord begin(Context context) {
    RequestRecord record = new RequestRecord();
    record.client = context.ip();
    context.attribute(ATTRIBUTE, record);
    return record;
  }

  /// The record of a request.
  public static RequestRecord of(Context context) {
    RequestRecord record = context.attribute(ATTRIBUTE);
    return record == null ? begin(context) : record;
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
  void client(String name) {
    client = name;
  }

  /// Says what is to be made, without a word of the prompt.
  public void describe(List<? extends ImageRequest> requests) {
    work =
        "%d %s".formatted(requests.size(), requests.getFirst().getClass().getSimpleName());
  }

  /// The job whose times are logged.
  public void follow(Job<?, ?> of) {
    job = of;
  }

  /// A line of the access log.
  String line(Context context) {
    Duration all = Duration.ofNanos(System.nanoTime() - begun);
    String times =
        job == null
            ? ""
            : " queue=%s compute=%s".formatted(seconds(job.queued()), seconds(job.worked()));
    return "%s %s %s %s status=%d time=%s%s%s"
        .formatted(
            id,
            client,
            context.method(),
            context.path(),
            context.statusCode(),
            seconds(all),
            times,
            work.isEmpty() ? "" : " work=\"" + work + "\"");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }
}
