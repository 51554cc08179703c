package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.request.Recipe;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageEditStreamEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Pictures with OpenAI's own Java client.
@Timeout(180)
class OpenAiJavaImagesTest extends ServerFixture {

  private OpenAIClient openAi;

  @BeforeAll
  void open() {
    openAi =
        OpenAIOkHttpClient.builder()
            .baseUrl(uri("/v1").toString())
            .apiKey("none")
            .maxRetries(0)
            .build();
  }

  @AfterAll
  void close() {
    openAi.close();
  }

  @Test
  void generates() {
    ImagesResponse answer =
        openAi
            .images()
            .generate(
                generation()
                    .n(2)
                    .size("128x64")
                    .outputFormat(ImageGenerateParams.OutputFormat.WEBP)
                    .putAdditionalBodyProperty("seed", JsonValue.from(3))
                    .build());
    assertThat(answer.data().orElseThrow()).hasSize(2);
    assertThat(ImageFiles.read(first(answer), "answer").size()).isEqualTo(new Size(128, 64));
    assertThat(answer.outputFormat()).contains(ImagesResponse.OutputFormat.WEBP);
    assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(2 * 64);
  }

  @Test
  void followsThePictureAsItForms() {
    ImageGenerateParams params =
        generation()
            .partialImages(2)
            .putAdditionalBodyProperty("num_inference_steps", JsonValue.from(6))
            .build();
    List<ImageGenStreamEvent> events;
    try (StreamResponse<ImageGenStreamEvent> stream = openAi.images().generateStreaming(params)) {
      events = stream.stream().toList();
    }
    assertThat(events).hasSize(3);
    assertThat(events.get(0).asGenerationPartialImage().partialImageIndex()).isZero();
    assertThat(events.get(1).asGenerationPartialImage().partialImageIndex()).isOne();
    String last = events.get(2).asGenerationCompleted().b64Json();
    assertThat(TestPictures.picture(last).size()).isEqualTo(new Size(128, 128));
    assertThat(TestPictures.picture(events.getFirst().asGenerationPartialImage().b64Json()))
        .isNotEqualTo(TestPictures.picture(last));
  }

  @Test
  void editsWithAMask() {
    ImagesResponse answer = openAi.images().edit(masked().build());
    Recipe recipe = recipe(first(answer));
    assertThat(recipe.task()).isEqualTo("inpaint");
    assertThat(recipe.mask().count()).isEqualTo(32);
    assertThat(recipe.settings().timesteps()).isEqualTo(3);
  }

  @Test
  void editsSeveralPicturesByTheNameOfATask() {
    ImagesResponse answer =
        openAi
            .images()
            .edit(
                ImageEditParams.builder()
                    .prompt("")
                    .imageOfInputStreams(
                        List.of(
                            new ByteArrayInputStream(TestPictures.png()),
                            new ByteArrayInputStream(TestPictures.png(128, 128, 0xff0000))))
                    .putAdditionalBodyProperty("task", JsonValue.from("image_ref_transfer"))
                    .putAdditionalBodyProperty("force", JsonValue.from("true"))
                    .putAdditionalBodyProperty("timesteps", JsonValue.from(1))
                    .build());
    assertThat(recipe(first(answer)).task()).isEqualTo("image_ref_transfer");
    assertThat(recipe(first(answer)).inputs()).containsKey(Recipe.REFERENCE);
  }

  @Test
  void followsAnEdit() {
    List<ImageEditStreamEvent> events;
    try (StreamResponse<ImageEditStreamEvent> stream =
        openAi.images().editStreaming(masked().partialImages(1).build())) {
      events = stream.stream().toList();
    }
    assertThat(events).hasSize(2);
    assertThat(events.get(0).asPartialImage().partialImageIndex()).isZero();
    assertThat(recipe(TestPictures.file(events.get(1).asCompleted().b64Json())).task())
        .isEqualTo("inpaint");
  }

  @Test
  void whatIsWrongWithARequestIsABadRequest() {
    BadRequestException wrongSize =
        catchThrowableOfType(
            BadRequestException.class,
            () ->
                openAi
                    .images()
                    .generate(
                        generation()
                            .size("130x128")
                            .putAdditionalBodyProperty("untrained_size", JsonValue.from("force"))
                            .build()));
    assertThat(wrongSize.param()).contains("size");
    assertThat(wrongSize.type()).contains("invalid_request_error");
    assertThat(wrongSize).hasMessageContaining("multiple of 16");

    assertThatThrownBy(() ->
            openAi
                .images()
                .edit(ImageEditParams.builder().prompt("a").image(new byte[100]).build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("image is not a picture");
  }

  private static ImageGenerateParams.Builder generation() {
    return ImageGenerateParams.builder()
        .prompt("a red circle left of a blue square")
        .model("pocket")
        .putAdditionalBodyProperty("num_inference_steps", JsonValue.from(2));
  }

  private static ImageEditParams.Builder masked() {
    return ImageEditParams.builder()
        .prompt("a red circle")
        .image(TestPictures.png()) // this client sends no file name
        .mask(TestPictures.mask())
        .putAdditionalBodyProperty("timesteps", JsonValue.from(3));
  }

  private static byte[] first(ImagesResponse answer) {
    return TestPictures.file(answer.data().orElseThrow().getFirst().b64Json().orElseThrow());
  }

  private static Recipe recipe(byte[] png) {
    return Recipe.ofTexts(ImageFiles.textOf(png, "answer"), "answer");
  }
}
