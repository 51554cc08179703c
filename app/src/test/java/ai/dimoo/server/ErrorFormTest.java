package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever is wrong, the answer has one form and the headers that every answer has.
class ErrorFormTest extends ServerFixture {

  private static final String IMAGES = "/v1/images/generations";
  private static final int MAX_URI = 500;
  private static final int MAX_HEADERS = 2_000;
  private static final int MAX_BODY = 10_000;

  @Override
  protected ServerOptions options() {
    return super.options()
        .withLimits(
            Limits.DEFAULT
                .withUriBytes(MAX_URI)
                .withHeaderBytes(MAX_HEADERS)
                .withBodyBytes(MAX_BODY));
  }

  @Test
  void unknownPath() throws Exception {
    assertError(get("/nothing/here"), 404, "not_found");
  }

  @Test
  void wrongMethodSaysWhichAreTaken() throws Exception {
    HttpResponse<String> answer = get(IMAGES);

    assertError(answer, 405, "method_not_allowed");
    assertThat(answer.headers().firstValue("Allow"))
        .hasValueSatisfying(v -> assertThat(v).contains("POST"));
  }

  @Test
  void bodyThatIsTooLarge() throws Exception {
    String large = "{\"prompt\":\"" + "a".repeat(MAX_BODY) + "\"}";

    assertError(post(IMAGES, large), 413, "body_too_large");
    // a chunked body does not say beforehand how long it is
    assertError(
        send(
            request(IMAGES, "Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofByteArrays(
                        List.of(large.getBytes(StandardCharsets.UTF_8), new byte[1])))),
        413,
        "body_too_large");
  }

  @Test
  void pathThatIsTooLong() throws Exception {
    assertError(get("/" + "a".repeat(MAX_URI)), 414, "uri_too_long");
    assertError(get("/a?" + "a".repeat(MAX_URI)), 414, "uri_too_long");
    assertRawError("GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted("a".repeat(9_000)), 414);
  }

  @Test
  void headersThatAreTooLarge() throws Exception {
    assertRawError(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n".formatted("a".repeat(9_000)), 431);
  }

  @Test
  void bodyOfATypeThatIsNotTaken() throws Exception {
    assertError(
        send(request(IMAGES, "Content-Type", "text/xml").POST(BodyPublishers.ofString("<a/>"))),
        415,
        "unsupported_media_type");
    for (String path : List.of(IMAGES, "/v1/chat/completions", "/sdapi/v1/txt2img")) {
      HttpResponse<String> form =
          send(new MultipartBody("b").text("prompt", "a circle").post(request(path)));
      assertError(form, 415, "unsupported_media_type");
      assertThat(form.body()).contains("this path takes no form");
    }
    assertError(post(IMAGES, "{}", "Content-Encoding", "gzip"), 415, "unsupported_encoding");
  }

  @Test
  void bodyThatEndsTooSoon() throws Exception {
    assertRawError(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{".formatted(IMAGES),
        400);
    assertRawError(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
            .formatted(IMAGES),
        400);
  }

  @Test
  void whatIsNotHttp() throws Exception {
    assertRawError("\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400);
    assertRawError("GET\r\n\r\n", 400);
    assertRawError("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400);
    assertRawError("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    assertRawError("CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  }

  @Test
  void namesOfOtherHostsAreRefusedWhereThereAreNoKeys() throws Exception {
    assertRawError("GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n", 403);
  }

  private void assertError(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(code(answer)).isEqualTo(code);
    assertThat(json(answer).at("/error/message").asString()).isNotBlank();
    assertThat(json(answer).at("/error/type").asString()).endsWith("_error");
    for (String header :
        List.of("x-request-id", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy")) {
      assertThat(answer.headers().firstValue(header)).as(header).isPresent();
    }
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private void assertRawError(String request, int status) throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(request);
      connection.endSending();
      String answer = new String(connection.rest(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .containsIgnoringCase("x-request-id: req_")
          .contains("nosniff", "Content-Type: application/json")
          .doesNotContain("Server:", "<html");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(json(body).at("/error/code").asString()).isNotBlank();
    }
  }
}
