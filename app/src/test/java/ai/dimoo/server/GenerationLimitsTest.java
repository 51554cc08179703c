package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `/v1/images/generations` makes at most: just so much is made, and what is beyond a limit is
/// refused with the name of the field.
@Timeout(180)
class GenerationLimitsTest extends ServerFixture {

  private static final int BODY = 2_000;
  private static final int CHARACTERS = 40;
  private static final int PICTURES = 2;
  private static final int PIXELS = 128 * 128;
  private static final int TIMESTEPS = 5;

  @Override
  protected ServerOptions options() {
    return super.options()
        .withLimits(
            Limits.DEFAULT
                .withBodyBytes(BODY)
                .withPromptCharacters(CHARACTERS)
                .withPictures(PICTURES)
                .withOutputPixels(PIXELS)
                .withTimesteps(TIMESTEPS));
  }

  /// A request for just so much as is made.
  private static ObjectNode most() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt", "a".repeat(CHARACTERS))
        .put("n", PICTURES)
        .put("size", "256x64")
        .put("timesteps", TIMESTEPS);
  }

  private HttpResponse<String> send(ObjectNode fields) throws Exception {
    return post(LongRequests.PATH, fields.toString());
  }

  @Test
  void allThatTheLimitsAllowIsMade() throws Exception {
    double stepsBefore = metric("dimoo_steps_total");
    HttpResponse<String> answer = send(most());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/data").size()).isEqualTo(PICTURES);
    assertThat(json(answer).at("/size").asString()).isEqualTo("256x64");
    assertThat(metric("dimoo_steps_total") - stepsBefore).isEqualTo(PICTURES * TIMESTEPS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size                | 256x80            | size is 256x80, 20480 pixels; at most 16384 are made.",
        "size                | 2147483640x2147483640 | at most 16384 are made.",
        "timesteps           | 6                 | timesteps is \"6\"; expected a whole number from 1 to 5.",
        "timesteps           | 0                 | timesteps is \"0\"; expected a whole number from 1 to 5.",
        "num_inference_steps | 6                 | num_inference_steps is \"6\"; expected a whole number",
        "n                   | 3                 | n is \"3\"; expected a whole number from 1 to 2.",
      })
  void oneMoreIsRefused(String field, String value, String message) throws Exception {
    ObjectNode fields = most();
    if (field.equals("num_inference_steps")) {
      fields.remove("timesteps");
    }
    assertRefused(send(fields.put(field, value)), field, message);
  }

  @Test
  void aPromptOfOneMoreCharacterIsRefused() throws Exception {
    assertRefused(
        send(most().put("prompt", "a".repeat(CHARACTERS + 1))),
        "prompt",
        "The prompt has 41 characters; at most 40 are taken.");
  }

  @Test
  void aBodyOfOneMoreByteIsRefused() throws Exception {
    String body = most().toString();
    String full = body + " ".repeat(BODY - body.length());
    HttpResponse<String> refused = post(LongRequests.PATH, full + " ");

    assertThat(post(LongRequests.PATH, full).statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(code(refused)).isEqualTo("body_too_large");
    assertThat(json(refused).at("/error/message").asString())
        .isEqualTo("The body has 2001 bytes; at most 2000 are taken.");
  }

  @Test
  void theModelTellsTheLimits() throws Exception {
    JsonNode limits = json(get("/v1/models/pocket")).at("/dimoo/limits");

    assertThat(limits.at("/body_bytes").asInt()).isEqualTo(BODY);
    assertThat(limits.at("/prompt_characters").asInt()).isEqualTo(CHARACTERS);
    assertThat(limits.at("/pictures").asInt()).isEqualTo(PICTURES);
    assertThat(limits.at("/output_pixels").asInt()).isEqualTo(PIXELS);
    assertThat(limits.at("/timesteps").asInt()).isEqualTo(TIMESTEPS);
  }

  private static void assertRefused(HttpResponse<String> answer, String field, String message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode error = json(answer).at("/error");
    assertThat(error.at("/message").asString()).contains(message);
    assertThat(error.at("/param").asString()).isEqualTo(field);
    assertThat(error.at("/type").asString()).isEqualTo("invalid_request_error");
  }
}
