package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A server with keys, a limit a minute, and one page of another server that may ask.
class ServerAccessTest extends ServerFixture {

  private static final String ALICE = "alices-own-secret";
  private static final String BOB = "bobs-own-secret-key";
  private static final String PAGE = "https://pictures.example";
  private static final int PER_MINUTE = 5;

  private static final String IMAGES = "/v1/images/generations";
  private static final String WRONG = "{}"; // gets 400 once it has come through

  @Override
  protected ServerOptions options() {
    ApiKeys keys =
        ApiKeys.ofList("alice:" + ALICE + ",bob:" + BOB + ",carol:carols-own-key", "test");
    return super.options()
        .withAccess(Access.of(keys).withOrigins(List.of(PAGE)))
        .withLimits(Limits.DEFAULT.withRequestsPerMinute(PER_MINUTE));
  }

  @Test
  void keysAreAskedForAndNamedInTheLog() throws Exception {
    HttpResponse<String> none = post(IMAGES, WRONG);
    HttpResponse<String> wrong = post(IMAGES, WRONG, "Authorization", "Bearer alice");
    HttpResponse<String> right = post(IMAGES, WRONG, "Authorization", "Bearer " + ALICE);

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(code(none)).isEqualTo("invalid_api_key");
    assertThat(json(none).at("/error/type").asString()).isEqualTo("authentication_error");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(right.statusCode()).isEqualTo(400);
    assertThat(logOf(right)).singleElement().asString().contains(" client=alice ");
    assertThat(log()).doesNotContain(ALICE);
  }

  @Test
  void aKeyMayComeAsAPassword() throws Exception {
    String options = "/sdapi/v1/options";
    for (String login : List.of("openwebui:carols-own-key", "carols-own-key")) {
      String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      assertThat(get(options, "Authorization", "Basic " + basic).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void toolsNeedAKeyAndASessionIsOfOneKey() throws Exception {
    String begin =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion":
         "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}\
        """;
    String list = "{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\"}";
    String key = "Authorization";
    assertThat(post("/mcp", begin).statusCode()).isEqualTo(401);
    HttpResponse<String> begun = post("/mcp", begin, key, "Bearer " + ALICE);
    String[] mine = {"Mcp-Session-Id", begun.headers().firstValue("Mcp-Session-Id").orElseThrow()};
    String bearer = "Bearer ";
    assertThat(post("/mcp", list, mine[0], mine[1], key, bearer + ALICE).statusCode())
        .isEqualTo(200);
    assertThat(post("/mcp", list, mine[0], mine[1], key, bearer + "carols-own-key").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theRestIsOpenAndMetricsAreForThisMachineOrAKey() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    String[] passedOn = {"X-Forwarded-For", "203.0.113.7"};
    assertThat(get("/metrics", passedOn).statusCode()).isEqualTo(401);
    assertThat(
            get(
                    "/metrics",
                    "X-Forwarded-For",
                    "203.0.113.7",
                    "Authorization",
                    "Bearer carols-own-key")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void eachKeyHasItsShareOfRequestsAMinute() throws Exception {
    HttpResponse<String> last = null;
    for (int i = 0; i <= PER_MINUTE; i++) {
      last = post(IMAGES, WRONG, "Authorization", "Bearer " + BOB);
      if (i < PER_MINUTE) {
        assertThat(last.statusCode()).isEqualTo(400);
      }
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(code(last)).isEqualTo("rate_limit_exceeded");
    assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 12);
  }

  @Test
  void onlyPagesThatMayAskGetThrough() throws Exception {
    HttpResponse<String> allowed = preflight(PAGE);
    HttpResponse<String> foreign = preflight("https://evil.example");
    HttpResponse<String> read = get("/health", "Origin", PAGE);
    HttpResponse<String> simple = post(IMAGES, WRONG, "Origin", "https://evil.example");
    HttpResponse<String> own = post(IMAGES, WRONG, "Origin", "http://127.0.0.1:" + server().port());

    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("authorization,content-type");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    assertThat(read.headers().firstValue("Vary")).contains("Origin");
    assertThat(simple.statusCode()).isEqualTo(403);
    assertThat(code(simple)).isEqualTo("foreign_origin");
    assertThat(own.statusCode()).isEqualTo(401); // came as far as the key
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return send(
        request(
                IMAGES,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  @Test
  void addressesOfOthersNeedKeysOrTheWordThatNoneAreWanted() {
    assertThatThrownBy(() -> Access.LOCAL.check("0.0.0.0"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("0.0.0.0", "--api-keys", "--no-auth");
    assertThatThrownBy(() -> Access.LOCAL.check("192.0.2.1")).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Access.LOCAL.check("::")).isInstanceOf(UserException.class);
    assertThatCode(() -> Access.LOCAL.check("127.0.0.1")).doesNotThrowAnyException();
    assertThatCode(() -> Access.LOCAL.check("localhost")).doesNotThrowAnyException();
    assertThatCode(() -> Access.LOCAL.check("::1")).doesNotThrowAnyException();
    assertThatCode(() -> Access.OPEN.check("0.0.0.0")).doesNotThrowAnyException();
    assertThatCode(() -> options().access().check("0.0.0.0")).doesNotThrowAnyException();
  }

  @Test
  void originsHaveNoPath() {
    assertThatThrownBy(() -> Access.LOCAL.withOrigins(List.of("https://a.example/page")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("https://a.example/page");
    assertThatThrownBy(() -> Access.LOCAL.withOrigins(List.of("a.example")))
        .isInstanceOf(UserException.class);
  }
}
