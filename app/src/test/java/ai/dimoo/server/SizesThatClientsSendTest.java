package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.server.exchange.Limits;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Clients that send the sizes of other models get them, from a size that this model knows.
class SizesThatClientsSendTest extends ServerFixture {

  private static final String PATH = "/v1/images/generations";
  private static final int TOKENS = 64; // of 128x128 pixels, which the model was trained for

  @Override
  protected ServerOptions options() {
    return super.options().withLimits(Limits.DEFAULT.withPictures(2));
  }

  private HttpResponse<String> draw(String size, String more) throws Exception {
    return post(
        PATH,
        "{\"prompt\":\"a red circle\",\"timesteps\":2,\"seed\":1,\"size\":\"%s\"%s}"
            .formatted(size, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"512x512", "1024x1024", "1792x1024", "500x333"})
  void aPictureOfAnySizeIsMadeAtTheTrainedOne(String size) throws Exception {
    HttpResponse<String> answer = draw(size, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = json(answer);

    assertThat(body.at("/size").asString()).isEqualTo(size);
    assertThat(body.at("/usage/output_tokens").asInt()).isEqualTo(TOKENS);
    assertThat(body.at("/data/0/dimoo/sampled_size").asString()).isEqualTo("128x128");
    assertThat(body.at("/warnings").size()).isEqualTo(1);
    assertThat(body.at("/warnings/0").asString())
        .startsWith(
            ("The model was trained for pictures of 128x128, 64x64, not %s: the picture is made at"
                    + " 128x128 and ")
                .formatted(size))
        .contains(size.equals("512x512") || size.equals("1024x1024") ? "resized" : "stretched");
    byte[] file = TestPictures.file(body.at("/data/0/b64_json").asString());
    assertThat(ImageFiles.read(file, "it").size().toString()).isEqualTo(size);
    assertThat(ImageFiles.textOf(file, "it"))
        .containsEntry("sampled_size", "128x128")
        .doesNotContainKey("codes"); // which are not those of these pixels
  }

  @Test
  void itsOwnSizeIsMadeAsItIs() throws Exception {
    JsonNode body = json(draw("128x128", ""));
    assertThat(body.has("warnings")).isFalse();
    assertThat(body.at("/data/0/dimoo").has("sampled_size")).isFalse();
  }

  @Test
  void strictRefusesAndForceSamplesAtTheSize() throws Exception {
    HttpResponse<String> strict = draw("144x128", ",\"untrained_size\":\"strict\"");
    assertThat(strict.statusCode()).isEqualTo(400);
    assertThat(json(strict).at("/error/param").asString()).isEqualTo("size");
    assertThat(json(strict).at("/error/message").asString())
        .isEqualTo(
            "The size is 144x128; the model was trained for 128x128, 64x64. Ask for a size that it"
                + " was trained for, or send resize as untrained_size.");

    JsonNode forced = json(draw("144x128", ",\"untrained_size\":\"force\""));
    assertThat(forced.at("/usage/output_tokens").asInt()).isEqualTo(72);
    assertThat(forced.at("/warnings/0").asString()).endsWith("the result may show nothing.");
    assertThat(draw("130x128", ",\"untrained_size\":\"force\"").statusCode()).isEqualTo(400);
    assertThat(draw("128x128", ",\"untrained_size\":\"stretch\"").statusCode()).isEqualTo(400);
  }

  @Test
  void formingPicturesHaveTheSizeToo() throws Exception {
    HttpResponse<String> answer = draw("256x256", ",\"stream\":true,\"partial_images\":1");
    Map<Boolean, Long> sizes =
        answer
            .body()
            .lines()
            .filter(line -> line.startsWith("data: {"))
            .map(line -> json(line.substring("data: ".length())))
            .collect(
                Collectors.partitioningBy(
                    event ->
                        ImageFiles.read(TestPictures.file(event.at("/b64_json").asString()), "it")
                            .size()
                            .equals(new Size(256, 256)),
                    Collectors.counting()));
    assertThat(sizes).containsEntry(true, 2L).containsEntry(false, 0L);
  }
}
