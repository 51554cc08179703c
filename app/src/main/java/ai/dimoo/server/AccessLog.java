package ai.dimoo.server;

import ai.dimoo.error.DimooException;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.exchange.Work;
import ai.dimoo.server.job.Job;
import ai.dimoo.server.metrics.ServerMetrics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/// One line for each request when its answer has ended, and what went wrong within. No prompt
/// unless asked to. Thread-safe.
final class AccessLog implements RequestLog {

  private static final int LONGEST_TEXT = 200;

  private final PrintWriter out;
  private final boolean prompts;
  private final ServerMetrics metrics;

  /// @param prompts whether prompts are shown
  AccessLog(PrintWriter out, boolean prompts, ServerMetrics metrics) {
    this.out = out;
    this.prompts = prompts;
    this.metrics = metrics;
  }

  @Override
  public void log(Request request, Response response) {
    RequestRecord record = RequestRecord.of(request);
    int status = response.getStatus();
    String route = record.route();
    metrics.answered(route == null ? "none" : route, request.getMethod(), status, record.time());
    if (record.refusal() != null) {
      metrics.refused(record.refusal());
    }
    print(line(request, status, record));
  }

  private String line(Request request, int status, RequestRecord record) {
    StringBuilder line = new StringBuilder();
    line.append(record.id()).append(" client=").append(record.client());
    line.append(' ').append(shown(request.getMethod()));
    line.append(' ').append(shown(request.getHttpURI().getPath()));
    line.append(" status=").append(status);
    if (record.refusal() != null) {
      line.append(" refused=").append(record.refusal());
    }
    Work work = record.work();
    if (work != null) {
      if (work.adapter() != null) {
        line.append(" adapter=").append(shown(work.adapter()));
      }
      line.append(" task=").append(shown(work.task()));
      if (work.size() != null) {
        line.append(" size=").append(work.size());
      }
      line.append(" steps=").append(work.steps()).append(" pictures=").append(work.pictures());
    }
    Job<?, ?> job = record.job();
    if (job != null) {
      line.append(" queue=").append(seconds(job.queued()));
      line.append(" compute=").append(seconds(job.worked()));
    }
    line.append(" time=").append(seconds(record.time()));
    if (prompts && work != null) {
      line.append(" prompt=\"").append(escaped(work.prompt())).append('"');
    }
    return line.toString();
  }

  /// Something that is not about one request.
  void event(String text) {
    print(text);
  }

  /// A failure that the server is to blame for: one that was foreseen in one line, others whole.
  void failure(String id, Throwable failure) {
    if (failure instanceof DimooException) {
      print(id + " failed: " + escaped(String.valueOf(failure.getMessage())));
      return;
    }
    synchronized (out) {
      print(id + " failed:");
      trace(failure);
      out.flush();
    }
  }

  /// As Java prints it, but for messages, which may hold what a client sent.
  private void trace(Throwable failure) {
    Set<Throwable> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    String cause = "";
    for (Throwable one = failure; one != null && shown.add(one); one = one.getCause()) {
      out.println(cause + escaped(one.toString()));
      for (StackTraceElement frame : one.getStackTrace()) {
        out.println("\tat " + frame);
      }
      cause = "Caused by: ";
    }
  }

  private void print(String text) {
    synchronized (out) { // a line stays whole
      out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
      out.flush();
    }
  }

  private static String shown(String text) {
    String all = text == null ? "-" : escaped(text);
    return all.length() <= LONGEST_TEXT ? all : all.substring(0, LONGEST_TEXT) + "…";
  }

  /// So that no client can write a line of its own, or move a terminal's cursor.
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            escaped.append('\\').appendCodePoint(c);
          } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            escaped.append(String.format("\\u%04x", c));
          } else {
            escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }
}
