package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Trust;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A server that fetches pictures by URL still reaches nothing on its own machine.
@Timeout(60)
class ImageUrlsTest extends ServerFixture {

  @Override
  protected ServerOptions options() {
    return super.options().withTrust(new Trust(true, true));
  }

  @Test
  void doesNotAskItself() throws Exception {
    String own = uri("/health").toString();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("prompt", "a");
    json.putArray("images").addObject().put("image_url", own);
    HttpResponse<String> asJson = post("/v1/images/edits", json.toString());
    HttpResponse<String> asForm =
        send(
            new MultipartBody("b")
                .text("prompt", "a")
                .text("image", own)
                .post(request("/v1/images/edits")));
    HttpResponse<String> inChat =
        post(
            "/v1/chat/completions",
            """
            {"messages": [{"role": "user", "content": [
              {"type": "text", "text": "what colour is the circle?"},
              {"type": "image_url", "image_url": {"url": "%s"}}]}]}\
            """
                .formatted(own));
    for (HttpResponse<String> answer : List.of(asJson, asForm, inChat)) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("not of the public internet");
    }
    assertThat(log()).doesNotContain("/health");
  }
}
