package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.image.Box;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.Recipe;
import ai.dimoo.request.TextToImage;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/images/edits`: both forms, every task, and what comes back.
@Timeout(180)
class ImageEditsTest extends ServerFixture {

  private static final String EDITS = "/v1/images/edits";
  private static final byte[] PNG = TestPictures.png();

  @Test
  void bothFormsAndPartsWithoutANameGiveTheSamePicture() throws Exception {
    MultipartBody named =
        form("first").file("image", "a.png", PNG).file("mask", "m.png", TestPictures.mask());
    MultipartBody nameless =
        form("second").nameless("image", PNG).nameless("mask", TestPictures.mask());
    ObjectNode json = json("seed", "7").put("timesteps", 2).put("prompt", "a red circle");
    json.putArray("images").addObject().put("image_url", TestPictures.url(PNG));
    json.putObject("mask").put("image_url", TestPictures.url(TestPictures.mask()));

    String first = picture(ok(send(named)));
    assertThat(picture(ok(send(nameless)))).isEqualTo(first);
    assertThat(picture(ok(post(EDITS, json.toString())))).isEqualTo(first);
    Recipe recipe = recipe(first);
    assertThat(recipe.task()).isEqualTo("inpaint");
    assertThat(recipe.mask().count()).isEqualTo(32);
    assertThat(recipe.mask().masked(0, 3)).isTrue(); // transparent on the left
    assertThat(recipe.mask().masked(0, 4)).isFalse();
  }

  @Test
  void withoutMaskAndTaskTheWholePictureIsWorkedOn() throws Exception {
    JsonNode answer = ok(send(form("b").nameless("image", PNG)));
    assertThat(recipe(picture(answer)).task()).isEqualTo("edit_replace");
    assertThat(answer.at("/size").asString()).isEqualTo("128x128");
    assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edit_add", "edit_remove", "edit_replace", "edit_background", "edit_text_transfer",
        "canny_control", "hed_control", "depth_control", "openpose_control", "canny_dense",
        "hed_dense", "depth_dense", "openpose_dense", "normal_dense", "sam2mask_dense",
        "subject_driven", "multi_view_left", "multi_view_from the back", "other", "CANNY_PRED"
      })
  void everyTaskOfTheLibraryHasAWayIn(String task) throws Exception {
    JsonNode answer = ok(send(form("b").nameless("image", PNG).text("task", task)));
    assertThat(recipe(picture(answer)).task())
        .isEqualTo(task.equals("CANNY_PRED") ? "canny_dense" : task);
  }

  @Test
  void styleIsTakenFromTheSecondPicture() throws Exception {
    byte[] style = TestPictures.png(128, 128, 0xffcc00);
    JsonNode answer =
        ok(
            send(
                form("b")
                    .nameless("image[]", PNG)
                    .nameless("image[]", style)
                    .text("task", "image_ref_transfer")
                    .text("image_guidance_scale", "3.5")));
    Recipe recipe = recipe(picture(answer));
    assertThat(recipe.hasInput(Recipe.IMAGE, ImageFiles.read(PNG, "image"))).isTrue();
    assertThat(recipe.hasInput(Recipe.REFERENCE, ImageFiles.read(style, "style"))).isTrue();
    assertThat(recipe.settings().cfgImage()).isEqualTo(3.5);
  }

  @Test
  void outpaintingKeepsABoxOrContinuesThePicture() throws Exception {
    JsonNode kept =
        ok(
            send(
                form("b")
                    .nameless("image", PNG)
                    .text("task", "outpaint")
                    .text("box", "0,0,64,128")));
    assertThat(recipe(picture(kept)).mask().masked(0, 0)).isFalse();
    assertThat(recipe(picture(kept)).mask().masked(0, 7)).isTrue();

    JsonNode wider = ok(send(form("b").nameless("image", PNG).text("expand", "0,16,64,0")));
    assertThat(wider.at("/size").asString()).isEqualTo("192x144");
    assertThat(recipe(picture(wider)).mask().count()).isEqualTo(12 * 9 - 64);
  }

  @Test
  void boxesMayBeListsAndInPartsOfTheirOwn() throws Exception {
    MultipartBody parts = form("b").nameless("image", PNG);
    for (String side : List.of("0", "0", "32", "16")) {
      parts.text("box[]", side);
    }
    ObjectNode json = json("prompt", "a").put("timesteps", 1).put("image", TestPictures.url(PNG));
    json.putArray("box").add(0).add(0).add(32).add(16);
    for (JsonNode answer : List.of(ok(send(parts)), ok(post(EDITS, json.toString())))) {
      assertThat(recipe(picture(answer)).task()).isEqualTo("inpaint");
      assertThat(recipe(picture(answer)).mask().count()).isEqualTo(2);
    }
  }

  @Test
  void retouchingFindsTheCodesInThePicture() throws Exception {
    JsonNode made =
        ok(post("/v1/images/generations", "{\"prompt\":\"a\",\"timesteps\":2,\"seed\":1}"));
    byte[] file = TestPictures.file(picture(made));
    JsonNode answer =
        ok(
            send(
                form("b")
                    .nameless("image", file)
                    .text("task", "retouch")
                    .text("box", "0,0,16,16")));

    GeneratedPicture first = dimoo().generate(TextToImage.of("a").timesteps(2).seed(1).build());
    GeneratedPicture expected =
        dimoo()
            .generate(
                first.retouch("a red circle", new Box(0, 0, 16, 16)).timesteps(2).seed(7).build());
    assertThat(TestPictures.picture(picture(answer))).isEqualTo(expected.picture());
    assertThat(ImageFiles.textOf(TestPictures.file(picture(answer)), "answer").get("codes"))
        .isEqualTo(expected.toTexts().get("codes"));
  }

  @Test
  void severalPicturesHaveSeedsInARow() throws Exception {
    JsonNode answer = ok(send(form("b").nameless("image", PNG).text("n", "2")));
    assertThat(answer.at("/data").size()).isEqualTo(2);
    assertThat(answer.at("/data/0/dimoo/seed").asInt()).isEqualTo(7);
    assertThat(answer.at("/data/1/dimoo/seed").asInt()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"png,0x89504e47", "jpeg,0xffd8ffe0", "webp,0x52494646"})
  void picturesComeInTheFormatThatIsAskedFor(String format, long magic) throws Exception {
    String fields = "\"prompt\":\"a\",\"timesteps\":1,\"output_format\":\"%s\"".formatted(format);
    JsonNode answer =
        ok(post("/v1/images/generations", "{%s,\"output_compression\":60}".formatted(fields)));
    byte[] file = TestPictures.file(picture(answer));
    assertThat(java.nio.ByteBuffer.wrap(file).getInt() & 0xffffffffL).isEqualTo(magic);
    assertThat(answer.at("/output_format").asString()).isEqualTo(format);
    Picture picture = ImageFiles.read(file, "answer");
    assertThat(picture.size()).isEqualTo(new Size(128, 128));

    JsonNode url =
        ok(post("/v1/images/generations", "{%s,\"response_format\":\"url\"}".formatted(fields)));
    assertThat(url.at("/data/0/url").asString()).startsWith("data:image/" + format + ";base64,");
  }

  @Test
  void theFormingPictureIsStreamed() throws Exception {
    HttpResponse<String> answer =
        send(
            new MultipartBody("b")
                .text("prompt", "a red circle")
                .nameless("image", PNG)
                .nameless("mask", TestPictures.mask())
                .text("timesteps", "4")
                .text("stream", "true")
                .text("partial_images", "2")
                .text("output_format", "webp"));
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    for (String event : answer.body().split("\n\n")) {
      List<String> lines = event.lines().filter(line -> !line.startsWith(":")).toList();
      if (lines.isEmpty()) {
        continue;
      }
      String name = lines.getFirst().substring("event: ".length());
      names.add(name);
      JsonNode data = json(lines.get(1).substring("data: ".length()));
      assertThat(data.at("/type").asString()).isEqualTo(name);
      assertThat(TestPictures.picture(data.at("/b64_json").asString()).size())
          .isEqualTo(new Size(128, 128));
    }
    assertThat(names)
        .containsExactly(
            "image_edit.partial_image", "image_edit.partial_image", "image_edit.completed");
  }

  private static MultipartBody form(String boundary) {
    return new MultipartBody(boundary)
        .text("prompt", "a red circle")
        .text("seed", "7")
        .text("num_inference_steps", "2")
        .text("force", "true"); // the pocket model was not trained for all of it
  }

  private HttpResponse<String> send(MultipartBody body) throws Exception {
    return send(body.post(request(EDITS)));
  }

  private static ObjectNode json(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static String picture(JsonNode answer) {
    return answer.at("/data/0/b64_json").asString();
  }

  private static Recipe recipe(String base64) {
    return Recipe.ofTexts(ImageFiles.textOf(TestPictures.file(base64), "answer"), "answer");
  }
}
