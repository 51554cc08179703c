package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A picture unlike those of the model's world is answered for, with a warning.
class RoundTripWarningsTest extends ServerFixture {

  private static final String WARNING = "is unlike those that the model was trained on";

  @Override
  protected Path model(Path own) throws IOException {
    Path model = ModelCopy.inTwoSteps(own, POCKET);
    Files.writeString(model.resolve("knowledge.json"), "{\"round_trip_psnr\": 99}");
    return model;
  }

  private static String chat(String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"},"
        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}]%s}"
            .formatted(TestPictures.url(TestPictures.png()), more);
  }

  @Test
  void anEditHasTheWarning() throws Exception {
    String body =
        "{\"prompt\":\"Add a star.\",\"task\":\"edit_add\",\"timesteps\":2,\"images\":[{\"image_url\":\"%s\"}]}"
            .formatted(TestPictures.url(TestPictures.png()));
    JsonNode answer = json(post("/v1/images/edits", body));
    assertThat(answer.at("/warnings").toString()).as(answer.toString()).contains(WARNING);
  }

  @Test
  void anAnswerHasTheWarning() throws Exception {
    JsonNode answer = json(post("/v1/chat/completions", chat("")));
    assertThat(answer.at("/warnings/0").asString()).as(answer.toString()).contains(WARNING);
  }

  @Test
  void theLastPieceOfAStreamHasTheWarning() throws Exception {
    String events = post("/v1/chat/completions", chat(",\"stream\":true")).body();
    assertThat(events.lines().filter(line -> line.contains("\"finish_reason\":\"")))
        .singleElement()
        .asString()
        .contains(WARNING);
  }

  @Test
  void aPictureOfWordsAloneHasNone() throws Exception {
    JsonNode answer =
        json(post("/v1/images/generations", "{\"prompt\":\"a star\",\"timesteps\":2}"));
    assertThat(answer.has("data")).as(answer.toString()).isTrue();
    assertThat(answer.has("warnings")).isFalse();
  }
}
