package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// OpenAI's own Java client against the server.
class OpenAiJavaImagesTest extends ServerFixture {

  private OpenAIClient openAi;

  @BeforeAll
  void openClient() {
    openAi =
        OpenAIOkHttpClient.builder().baseUrl(uri("/v1").toString()).apiKey("none").build();
  }

  @AfterAll
  void closeClient() {
    openAi.close();
  }

  private static ImageGenerateParams.Builder circle() {
    return ImageGenerateParams.builder()
        .prompt("a red circle")
        .model("gpt-image-1")
        .putAdditionalBodyProperty("seed", JsonValue.from(7))
        .putAdditionalBodyProperty("num_inference_steps", JsonValue.from(4));
  }

  private static Picture picture(String base64) {
    return ImageFiles.read(Base64.getDecoder().decode(base64), "answer");
  }

  private static Picture first(ImagesResponse answer) {
    return picture(answer.data().orElseThrow().getFirst().b64Json().orElseThrow());
  }

  @Test
  void generatesTheSamePictureForTheSameSeedAndSeveralAtOnce() {
    Picture one = first(openAi.images().generate(circle().build()));
    ImagesResponse two = openAi.images().generate(circle().n(2).size("64x64").build());
    assertThat(two.data().orElseThrow()).hasSize(2);
    assertThat(first(two).toBytes()).isEqualTo(one.toBytes());
    assertThat(one.size()).isEqualTo(new Size(64, 64));
  }

  @Test
  void streamsThePictureAsItForms() {
    ImageGenerateParams params = circle().partialImages(2).build();
    List<ImageGenStreamEvent> events;
    try (StreamResponse<ImageGenStreamEvent> stream = openAi.images().generateStreaming(params)) {
      events = stream.stream().toList();
    }
    assertThat(events).hasSize(3);
    for (int i = 0; i < 2; i++) {
      var partial = events.get(i).asGenerationPartialImage();
      assertThat(partial.partialImageIndex()).isEqualTo(i);
      assertThat(picture(partial.b64Json()).size()).isEqualTo(new Size(64, 64));
    }
    Picture last = picture(events.get(2).asGenerationCompleted().b64Json());
    assertThat(last.toBytes()).isEqualTo(first(openAi.images().generate(circle().build())).toBytes());
  }

  @Test
  void editsWhereTheMaskIsTransparent() throws IOException {
    byte[] red =
        ImageFiles.encodePng(Picture.filled(new Size(64, 64), 0xff0000), Map.of());
    ImagesResponse answer =
        openAi
            .images()
            .edit(
                ImageEditParams.builder()
                    .image(red)
                    .mask(leftHalfTransparent())
                    .prompt("a red circle")
                    .putAdditionalBodyProperty("num_inference_steps", JsonValue.from("2"))
                    .build());
    assertThat(first(answer).size()).isEqualTo(new Size(64, 64));
  }

  private static byte[] leftHalfTransparent() throws IOException {
    BufferedImage mask = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 32; x < 64; x++) {
        mask.setRGB(x, y, 0xff000000);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(mask, "png", file);
    return file.toByteArray();
  }

  @Test
  void getsTypedErrors() {
    assertThatThrownBy(() -> openAi.images().generate(circle().size("63x64").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("multiples of 8");
  }
}
