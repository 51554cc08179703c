package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.request.Recipe;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Pictures with LangChain4j's client of OpenAI's API, which sends no response format and no seed.
@Timeout(180)
class LangChain4jImagesTest extends ServerFixture {

  @Override
  protected Path model(Path own) throws IOException {
    return ModelCopy.inTwoSteps(own, POCKET);
  }

  @Test
  void generates() {
    Image image = model("128x64").generate("a red circle left of a blue square").content();
    assertThat(TestPictures.picture(image.base64Data()).size()).isEqualTo(new Size(128, 64));
    assertThat(model("128x128").generate("a red circle", 2).content()).hasSize(2);
  }

  @Test
  void editsWithAMask() {
    Image edited =
        model("128x128")
            .edit(image(TestPictures.png()), image(TestPictures.mask()), "a red circle")
            .content();
    Recipe recipe =
        Recipe.ofTexts(ImageFiles.textOf(TestPictures.file(edited.base64Data()), "it"), "it");
    assertThat(recipe.task()).isEqualTo("inpaint");
    assertThat(recipe.mask().count()).isEqualTo(32);
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    assertThatThrownBy(() -> model("0x64").generate("a red circle"))
        .isInstanceOfSatisfying( // its image model translates no status to another exception
            HttpException.class, e -> assertThat(e.statusCode()).isEqualTo(400))
        .hasMessageContaining("WIDTHxHEIGHT");
  }

  private ImageModel model(String size) {
    return OpenAiImageModel.builder()
        .baseUrl(uri("/v1").toString())
        .apiKey("none")
        .modelName("pocket")
        .size(size)
        .quality("low")
        .maxRetries(0)
        .build();
  }

  private static Image image(byte[] png) {
    return Image.builder()
        .base64Data(Base64.getEncoder().encodeToString(png))
        .mimeType("image/png")
        .build();
  }
}
