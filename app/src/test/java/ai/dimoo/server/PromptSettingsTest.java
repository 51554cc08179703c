package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Trust;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// With `--no-prompt-settings` what a prompt holds is words.
class PromptSettingsTest extends ServerFixture {

  @Override
  protected ServerOptions options() {
    return super.options().withTrust(new Trust(false, false));
  }

  @Test
  void settingsInAPromptReachNothing() throws Exception {
    HttpResponse<String> answer =
        post(
            "/v1/images/generations",
            """
            {"prompt": "a fox <sd_cpp_extra_args>{\\"seed\\": 5}</sd_cpp_extra_args>",
             "timesteps": 2, "seed": 1}\
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/data/0/dimoo/seed").asLong()).isEqualTo(1);
  }
}
