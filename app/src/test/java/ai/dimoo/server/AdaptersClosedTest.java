package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// A server with keys and without a folder of adapters.
final class AdaptersClosedTest extends ServerFixture {

  private static final String KEY = "long-enough-key";
  private static final String BODY = "{\"name\": \"stars\", \"path\": \"stars\"}";

  @Override
  protected ServerOptions options() {
    return super.options().withAccess(Access.of(ApiKeys.ofList("alice:" + KEY, "the test")));
  }

  @Test
  void nobodyLoadsOrUnloadsAny() throws Exception {
    assertThat(post("/v1/adapters", BODY).statusCode()).isEqualTo(401);
    assertThat(send(request("/v1/adapters/stars").DELETE()).statusCode()).isEqualTo(401);
    String key = "Bearer " + KEY;
    HttpResponse<String> load = post("/v1/adapters", BODY, "Authorization", key);
    HttpResponse<String> unload =
        send(request("/v1/adapters/stars", "Authorization", key).DELETE());
    assertThat(load.statusCode()).isEqualTo(403);
    assertThat(unload.statusCode()).isEqualTo(403);
    assertThat(code(load)).isEqualTo("adapters_closed");
    assertThat(json(load).at("/error/message").asString()).contains("--adapters-folder");
  }
}
