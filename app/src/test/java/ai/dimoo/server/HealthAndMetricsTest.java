package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthAndMetricsTest extends ServerFixture {

  private static final String IMAGES = "/v1/images/generations";

  @Test
  void metricsShowWhatWasDone() throws Exception {
    double stepsBefore = metric("dimoo_steps_total");
    assertThat(
            post(
                    IMAGES,
                    "{\"prompt\":\"a red circle\",\"timesteps\":4,\"size\":\"128x128\",\"n\":2}")
                .statusCode())
        .isEqualTo(200);
    assertThat(post(IMAGES, "{\"prompt\":\"\"}").statusCode()).isEqualTo(400);
    until(() ->
        metric(
                "dimoo_requests_total{method=\"POST\",route=\"/v1/images/generations\",status=\"400\"}")
            > 0);

    assertThat(metric("dimoo_steps_total") - stepsBefore).isEqualTo(8);
    assertThat(metric("dimoo_tokens_total{kind=\"image\"}")).isEqualTo(2 * 64);
    assertThat(metric("dimoo_pictures_total")).isEqualTo(2);
    assertThat(metric("dimoo_refusals_total{reason=\"invalid_value\"}")).isEqualTo(1);
    assertThat(
            metric(
                "dimoo_requests_total{method=\"POST\",route=\"/v1/images/generations\",status=\"200\"}"))
        .isEqualTo(1);
    assertThat(metric("dimoo_stage_seconds_count{stage=\"queue\"}")).isEqualTo(1);
    for (String stage : new String[] {"encode", "sample", "decode"}) {
      assertThat(metric("dimoo_stage_seconds_count{stage=\"%s\"}".formatted(stage))).isEqualTo(2);
      assertThat(metric("dimoo_stage_seconds_sum{stage=\"%s\"}".formatted(stage))).isPositive();
    }
    assertThat(metric("dimoo_queue_length")).isZero();
    assertThat(metric("dimoo_jobs_joined_total")).isZero();
    assertThat(metric("dimoo_queue_capacity")).isEqualTo(Limits.DEFAULT.queue());
    assertThat(metric("dimoo_heap_bytes")).isGreaterThan(1e6);
    assertThat(metric("dimoo_javacpp_objects")).isPositive();
  }

  @Test
  void namesThatClientsMakeUpMakeNoSeries() throws Exception {
    send(request("/made/up").method("MADEUP", HttpRequest.BodyPublishers.noBody()));
    until(
        () -> metric("dimoo_requests_total{method=\"other\",route=\"none\",status=\"404\"}") == 1);

    assertThat(get("/metrics").body()).doesNotContain("made/up", "MADEUP");
  }

  @Test
  void serverIsAliveBeforeItIsReady() throws Exception {
    try (DimooServer loading = DimooServer.start(options(), new PrintWriter(new StringWriter()));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(status(client, loading, "/health")).isEqualTo(200);
      assertThat(status(client, loading, "/ready")).isEqualTo(503);
      HttpResponse<String> early =
          client.send(
              HttpRequest.newBuilder(uri(loading, IMAGES))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"a\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(code(early)).isEqualTo("loading");
      assertThat(early.headers().firstValue("Retry-After")).isPresent();

      loading.serve(dimoo());

      assertThat(status(client, loading, "/ready")).isEqualTo(200);
    }
  }

  private static int status(HttpClient client, DimooServer server, String path) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(uri(server, path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static URI uri(DimooServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /// What the model finds wrong with a request is not its failure.
  @Test
  void aClientsMistakeIsNoFailedJob() throws Exception {
    double failed = metric("dimoo_jobs_total{outcome=\"failed\"}");
    double refused = metric("dimoo_jobs_total{outcome=\"refused\"}");
    String tooLong = "{\"prompt\":\"%s\"}".formatted("a ".repeat(3900));

    assertThat(post(IMAGES, tooLong).statusCode()).isEqualTo(400);
    assertThat(metric("dimoo_jobs_total{outcome=\"failed\"}")).isEqualTo(failed);
    assertThat(metric("dimoo_jobs_total{outcome=\"refused\"}")).isEqualTo(refused + 1);
  }
}
