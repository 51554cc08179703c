package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class AccessLogWithPromptsTest extends ServerFixture {

  @Override
  protected ServerOptions options() {
    return super.options().withLogPrompts(true);
  }

  @Test
  void promptsAreShownOnOneLineIfAskedFor() throws Exception {
    HttpResponse<String> answer =
        post(
            "/v1/images/generations",
            "{\"prompt\":\"a \\\"red\\\"\\n2026 faked \\u001b[31mline\",\"timesteps\":1}");

    assertThat(logOf(answer))
        .singleElement()
        .asString()
        .endsWith(" prompt=\"a \\\"red\\\"\\u000a2026 faked \\u001b[31mline\"");
  }
}
