package ai.dimoo.server;

import ai.dimoo.prompt.Task;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.server.exchange.RequestRecord;
import ai.dimoo.server.exchange.Usage;
import ai.dimoo.server.exchange.Work;
import ai.dimoo.server.job.Job;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// A span for each request to the API when its answer has ended, with OpenTelemetry's attributes
/// for generative models. Prompts and pictures are not in it. Nothing comes of it unless whoever
/// runs the server has an exporter. Thread-safe.
final class RequestSpans implements RequestLog {

  private static final String NAME = "ai.dimoo.server";

  private static final TextMapGetter<Request> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Request request) {
          return request.getHeaders().getFieldNamesCollection();
        }

        @Override
        public @Nullable String get(@Nullable Request request, String name) {
          return request == null ? null : request.getHeaders().get(name);
        }
      };

  private final OpenTelemetry telemetry;
  private volatile String model = "none";

  RequestSpans(OpenTelemetry telemetry) {
    this.telemetry = telemetry;
  }

  /// Names the model that is served from now on.
  void serving(String name) {
    model = name;
  }

  @Override
  public void log(Request request, Response response) {
    RequestRecord record = RequestRecord.of(request);
    String route = record.route();
    if (route != null && Gatekeeper.isApi(route)) {
      span(request, response.getStatus(), record, route);
    }
  }

  private void span(Request request, int status, RequestRecord record, String route) {
    Instant end = Instant.now();
    Work work = record.work();
    String operation = work == null ? request.getMethod() : operation(work);
    SpanBuilder builder =
        telemetry
            .getTracer(NAME)
            .spanBuilder(operation + " " + (work == null ? route : model))
            .setSpanKind(SpanKind.SERVER)
            .setParent(
                telemetry
                    .getPropagators()
                    .getTextMapPropagator()
                    .extract(Context.current(), request, HEADERS))
            .setStartTimestamp(end.minus(record.time()));
    Span span = builder.startSpan();
    span.setAttribute("http.request.method", request.getMethod());
    span.setAttribute("http.route", route);
    span.setAttribute("http.response.status_code", (long) status);
    span.setAttribute("dimoo.request.id", record.id());
    if (work != null) {
      describe(span, work, operation);
    }
    Usage usage = record.usage();
    if (usage != null) {
      span.setAttribute("gen_ai.response.model", model);
      span.setAttribute("gen_ai.usage.input_tokens", usage.input());
      span.setAttribute("gen_ai.usage.output_tokens", usage.output());
    }
    Job<?, ?> job = record.job();
    if (job != null) {
      span.setAttribute("dimoo.queue.seconds", seconds(job.queued()));
      span.setAttribute("dimoo.compute.seconds", seconds(job.worked()));
    }
    if (record.refusal() != null) {
      span.setAttribute("error.type", record.refusal());
    }
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(end);
  }

  private static String operation(Work work) {
    return asks(work) ? "chat" : "generate_content";
  }

  private static boolean asks(Work work) {
    return work.task().equals(Task.UNDERSTANDING.name());
  }

  private void describe(Span span, Work work, String operation) {
    span.setAttribute("gen_ai.operation.name", operation);
    span.setAttribute("gen_ai.provider.name", "dimoo");
    span.setAttribute(
        "gen_ai.request.model", work.adapter() == null ? model : model + "+" + work.adapter());
    span.setAttribute("gen_ai.output.type", asks(work) ? "text" : "image");
    if (!asks(work)) {
      span.setAttribute("gen_ai.request.choice.count", (long) work.pictures());
    }
    Long seed = work.sampling().get(SamplingTable.SEED);
    if (seed != null) {
      span.setAttribute("gen_ai.request.seed", seed);
    }
    Double temperature = work.sampling().get(SamplingTable.TEMPERATURE);
    if (temperature != null) {
      span.setAttribute("gen_ai.request.temperature", temperature);
    }
    span.setAttribute("dimoo.task", work.task());
    span.setAttribute("dimoo.steps", (long) work.steps());
    if (work.size() != null) {
      span.setAttribute("dimoo.size", work.size().toString());
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
