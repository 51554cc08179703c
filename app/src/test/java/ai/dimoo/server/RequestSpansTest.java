package ai.dimoo.server;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an exporter gets of requests.
class RequestSpansTest extends ServerFixture {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  /// Runs before the server starts, which takes what is there then.
  @Override
  protected ServerOptions options() {
    GlobalOpenTelemetry.resetForTest();
    GlobalOpenTelemetry.set(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
    return super.options();
  }

  @AfterAll
  static void forget() {
    GlobalOpenTelemetry.resetForTest();
  }

  @BeforeEach
  void clear() {
    exporter.reset();
  }

  /// The one span, which ends after its answer.
  private SpanData span() throws Exception {
    until(() -> !exporter.getFinishedSpanItems().isEmpty());
    assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    return exporter.getFinishedSpanItems().getFirst();
  }

  @Test
  void picturesHaveASpanWithinTheClientsTrace() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    post(
        "/v1/images/generations",
        "{\"prompt\": \"a secret ring\", \"seed\": 7, \"timesteps\": 2, \"n\": 2}",
        "traceparent",
        "00-" + trace + "-00f067aa0ba902b7-01");

    SpanData span = span();
    assertThat(span.getName()).isEqualTo("generate_content pocket");
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getTraceId()).isEqualTo(trace);
    assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    Attributes values = span.getAttributes();
    assertThat(values.get(stringKey("gen_ai.operation.name"))).isEqualTo("generate_content");
    assertThat(values.get(stringKey("gen_ai.provider.name"))).isEqualTo("dimoo");
    assertThat(values.get(stringKey("gen_ai.request.model"))).isEqualTo("pocket");
    assertThat(values.get(stringKey("gen_ai.response.model"))).isEqualTo("pocket");
    assertThat(values.get(stringKey("gen_ai.output.type"))).isEqualTo("image");
    assertThat(values.get(longKey("gen_ai.request.choice.count"))).isEqualTo(2);
    assertThat(values.get(longKey("gen_ai.request.seed"))).isEqualTo(7);
    assertThat(values.get(longKey("gen_ai.usage.output_tokens"))).isEqualTo(128);
    assertThat(values.get(longKey("gen_ai.usage.input_tokens"))).isPositive();
    assertThat(values.get(longKey("dimoo.steps"))).isEqualTo(2);
    assertThat(values.get(doubleKey("dimoo.compute.seconds"))).isPositive();
    assertThat(values.get(longKey("http.response.status_code"))).isEqualTo(200);
    assertThat(values.get(stringKey("http.route"))).isEqualTo("/v1/images/generations");
    assertThat(values.toString()).doesNotContain("secret");
    assertThat(span.getEndEpochNanos()).isGreaterThan(span.getStartEpochNanos());
  }

  @Test
  void questionsAreChats() throws Exception {
    post(
        "/v1/chat/completions",
        """
        {"messages": [{"role": "user", "content": [
          {"type": "text", "text": "What is it?"},
          {"type": "image_url", "image_url": {"url": "%s"}}]}]}\
        """
            .formatted(McpChecks.url()));

    SpanData span = span();
    assertThat(span.getName()).isEqualTo("chat pocket");
    assertThat(span.getAttributes().get(stringKey("gen_ai.output.type"))).isEqualTo("text");
    assertThat(span.getAttributes().get(longKey("gen_ai.usage.input_tokens"))).isPositive();
  }

  @Test
  void whatIsRefusedSaysWhyAndIsNoFailureOfTheServer() throws Exception {
    post("/v1/images/generations", "{}");

    SpanData span = span();
    assertThat(span.getName()).isEqualTo("POST /v1/images/generations");
    assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("invalid_value");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void thePageAndTheStateHaveNone() throws Exception {
    get("/");
    get("/health");
    get("/v1/models");

    assertThat(span().getName()).isEqualTo("GET /v1/models");
  }
}
