package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.dimoo.server.exchange.Limits;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.images.ImageGenerateParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Refusals that OpenAI's own Java client has exceptions for.
@Timeout(180)
class OpenAiJavaErrorsTest extends ServerFixture {

  private static final String KEY = "a-key-of-this-test-alone";

  private static final ImageGenerateParams PARAMS =
      ImageGenerateParams.builder()
          .prompt("a red circle")
          .putAdditionalBodyProperty("timesteps", JsonValue.from(1))
          .build();

  @Override
  protected ServerOptions options() {
    return super.options()
        .withAccess(Access.of(ApiKeys.ofList(KEY, "this test")))
        .withLimits(Limits.DEFAULT.withRequestsPerMinute(1));
  }

  @Test
  void keysAndRatesHaveTheirExceptions() {
    try (Client stranger = new Client("another-key");
        Client known = new Client(KEY)) {
      known.openAi.images().generate(PARAMS);
      RateLimitException refused =
          catchThrowableOfType(
              RateLimitException.class, () -> known.openAi.images().generate(PARAMS));
      assertThat(refused.code()).contains("rate_limit_exceeded");
      assertThat(refused.type()).contains("rate_limit_error");
      assertThat(refused.headers().values("Retry-After")).hasSize(1);

      UnauthorizedException unknown =
          catchThrowableOfType(
              UnauthorizedException.class, () -> stranger.openAi.images().generate(PARAMS));
      assertThat(unknown.code()).contains("invalid_api_key");
    }
  }

  private final class Client implements AutoCloseable {

    private final OpenAIClient openAi;

    Client(String key) {
      openAi =
          OpenAIOkHttpClient.builder()
              .baseUrl(uri("/v1").toString())
              .apiKey(key)
              .maxRetries(0)
              .build();
    }

    @Override
    public void close() {
      openAi.close();
    }
  }
}
