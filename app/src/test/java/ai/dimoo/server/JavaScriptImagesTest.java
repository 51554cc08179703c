package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Size;
import ai.dimoo.request.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Pictures with OpenAI's own JavaScript client.
@Timeout(300)
class JavaScriptImagesTest extends ServerFixture {

  @TempDir Path folder;

  @Test
  void generatesFollowsEditsAndGetsTypedErrors() throws Exception {
    Path picture = Files.write(folder.resolve("picture.png"), TestPictures.png());
    Path mask = Files.write(folder.resolve("mask.png"), TestPictures.mask());
    JsonNode seen =
        json(
            JavaScriptClient.run(
                "images.mjs", uri("/v1").toString(), picture.toString(), mask.toString()));

    assertThat(seen.at("/generated").size()).isEqualTo(2);
    String first = seen.at("/generated/0").asString();
    assertThat(TestPictures.picture(first).size()).isEqualTo(new Size(128, 64));
    // two pictures, each made at 128x128 and resized
    assertThat(seen.at("/usage").asInt()).isEqualTo(128);
    assertThat(seen.at("/events").toString())
        .isEqualTo(
            "[[\"image_generation.partial_image\",0],[\"image_generation.partial_image\",1],"
                + "[\"image_generation.completed\",-1]]");
    assertThat(recipe(seen.at("/edited")).task()).isEqualTo("inpaint");
    assertThat(recipe(seen.at("/edited")).mask().count()).isEqualTo(32);
    assertThat(recipe(seen.at("/styled")).task()).isEqualTo("image_ref_transfer");
    assertThat(recipe(seen.at("/styled")).settings().cache().cacheRatio()).isEqualTo(0.5);
    assertThat(seen.at("/editEvents").toString())
        .isEqualTo("[[\"image_edit.partial_image\",0],[\"image_edit.completed\",-1]]");
    assertThat(seen.at("/badRequest").toString())
        .isEqualTo("[true,400,\"size\",\"invalid_request_error\"]");
    assertThat(seen.at("/badTask").toString())
        .startsWith("[true,400,\"task\",")
        .contains("There is no task");
  }

  private static Recipe recipe(JsonNode base64) {
    return Recipe.ofTexts(
        ImageFiles.textOf(TestPictures.file(base64.asString()), "answer"), "answer");
  }
}
