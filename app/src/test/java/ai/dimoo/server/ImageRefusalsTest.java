package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.server.exchange.Limits;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `/v1/images/…` refuses, and what it says.
@Timeout(180)
class ImageRefusalsTest extends ServerFixture {

  private static final String EDITS = "/v1/images/edits";
  private static final int BODY = 200_000;
  private static final byte[] PNG = TestPictures.png();
  private static final byte[] NARROW = TestPictures.png(5, 300, 0);

  @Override
  protected ServerOptions options() {
    return super.options()
        .withLimits(
            Limits.DEFAULT
                .withBodyBytes(BODY)
                .withInputPixels(256 * 256)
                .withOutputPixels(192 * 192)
                .withInputPictures(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task  | edit_nothing      | There is no task \"edit_nothing\"",
        "task  | text_to_image     | /v1/images/generations",
        "task  | understanding     | /v1/chat/completions",
        "task  | image_ref_transfer| takes 2 pictures, and 1 came",
        "box   | 1,2,3             | X,Y,WIDTH,HEIGHT",
        "box   | 120,0,16,16       | reaches beyond the picture of 128x128",
        "box   | 0,0,0,8           | has no area",
        "expand| 0,0,-1,0          | below 0",
        "expand| 0,0,900,0         | becomes 1028x128",
        "expand| 2147483647,2147483647,2147483647,2147483647 | at most 36864 pixels",
        "n     | 11                | from 1 to 10",
        "size  | large             | WIDTHxHEIGHT",
        "mask_h_ratio | 2          | mask_h_ratio",
        "output_format| gif        | png, jpeg, webp",
        "negative_prompt | fog     | no negative prompt",
      })
  void aFieldThatIsWrongIsNamed(String field, String value, String message) throws Exception {
    MultipartBody body =
        new MultipartBody("b").text("prompt", "a").nameless("image", PNG).text(field, value);
    if (field.equals("mask_h_ratio")) {
      body.text("task", "inpaint");
    }
    HttpResponse<String> answer = send(body.post(request(EDITS)));
    assertRefused(
        answer,
        field.equals("task") && value.equals("image_ref_transfer") ? "image" : field,
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retouch  |        |         | mask   | What is to be repainted?",
        "retouch  | expand | 0,0,8,0 | expand | Only the task outpaint",
        "edit_add | box    | 0,0,8,8 | box    | works on the whole picture",
        "outpaint | prompt | ' '     | prompt | There is no prompt",
      })
  void whatDoesNotGoTogetherIsSaid(
      String task, String field, String value, String named, String message) throws Exception {
    MultipartBody body = new MultipartBody("b").nameless("image", PNG).text("task", task);
    body.text("prompt", "prompt".equals(field) ? " " : "a");
    if (field != null && !field.equals("prompt")) {
      body.text(field, value);
    }
    assertRefused(send(body.post(request(EDITS))), named, message);
  }

  @Test
  void otherTasksAreNotGenerations() throws Exception {
    String path = "/v1/images/generations";
    assertRefused(
        post(path, "{\"prompt\":\"a\",\"task\":\"retouch\"}"), "task", "/v1/images/edits");
    HttpResponse<String> named =
        post(path, "{\"prompt\":\"a\",\"task\":\"text_to_image\",\"timesteps\":1}");
    assertThat(named.statusCode()).isEqualTo(200);
  }

  @Test
  void aBombIsRefusedWithoutBeingDecoded() throws Exception {
    byte[] bomb = TestPictures.claiming(65_535);
    HttpResponse<String> answer =
        send(
            new MultipartBody("b")
                .text("prompt", "a")
                .nameless("image", bomb)
                .post(request(EDITS)));
    assertRefused(answer, "image", "image is 65535x128, 8388480 pixels; at most 65536 are taken");
    assertRefused(
        send(
            new MultipartBody("b")
                .text("prompt", "a")
                .nameless("image", PNG)
                .nameless("mask", bomb)
                .post(request(EDITS))),
        "mask",
        "mask is 65535x128");
  }

  @Test
  void aPictureToPaintInMayBeAsLargeAsOneThatIsMade() throws Exception {
    byte[] large = TestPictures.png(256, 256, 0);
    HttpResponse<String> painted =
        send(
            new MultipartBody("b")
                .text("prompt", "a")
                .text("task", "inpaint")
                .nameless("image", large)
                .post(request(EDITS)));
    assertRefused(painted, "image", "at most 36864 are taken");
  }

  @ParameterizedTest
  @CsvSource({"inpaint", "outpaint", "retouch"})
  void aPictureToPaintInThatIsNarrowerThanATokenIsRefused(String task) throws Exception {
    String message = "The picture is 5x300, too small for this model: each side needs at least";
    MultipartBody body =
        new MultipartBody("b")
            .text("prompt", "a")
            .text("task", task)
            .text("box", "0,0,5,300")
            .nameless("image", NARROW);
    assertRefused(send(body.post(request(EDITS))), "image", message);
    ObjectNode a1111 = JsonNodeFactory.instance.objectNode().put("prompt", "a").put("task", task);
    a1111.putArray("init_images").add(Base64.getEncoder().encodeToString(NARROW));
    a1111.put("mask", Base64.getEncoder().encodeToString(TestPictures.png(5, 300, 0xffffff)));
    HttpResponse<String> answer = post("/sdapi/v1/img2img", a1111.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({"5, 1000", "1000, 5", "16384, 1", "1, 16384", "1, 1"})
  void aPictureOfAnyShapeIsAnsweredOrRefusedByName(int width, int height) throws Exception {
    byte[] file = TestPictures.png(width, height, 0);
    for (String fit : List.of("crop", "pad")) {
      MultipartBody edit =
          new MultipartBody("b")
              .text("prompt", "a")
              .text("force", "true")
              .text("fit", fit)
              .text("timesteps", "1")
              .nameless("image", file);
      answeredOrRefused(send(edit.post(request(EDITS))), file);
      ObjectNode chat = JsonNodeFactory.instance.objectNode().put("fit", fit).put("model", "m");
      ArrayNode content =
          chat.putArray("messages").addObject().put("role", "user").putArray("content");
      content.addObject().put("type", "text").put("text", "What is it?");
      content
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put("url", TestPictures.url(file));
      answeredOrRefused(post("/v1/chat/completions", chat.toString()), file);
    }
  }

  private static void answeredOrRefused(HttpResponse<String> answer, byte[] file) {
    if (answer.statusCode() != 200) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("The picture is " + ImageFiles.sizeOf(file, "it"));
    }
  }

  @Test
  void picturesAreCounted() throws Exception {
    assertRefused(
        send(new MultipartBody("b").text("prompt", "a").post(request(EDITS))),
        "image",
        "There is no picture");
    MultipartBody three = new MultipartBody("b").text("prompt", "a");
    for (int i = 0; i < 3; i++) {
      three.nameless("image[]", PNG);
    }
    assertRefused(send(three.post(request(EDITS))), "image", "more than 2 pictures");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:image/png;base64,@@@@        | images[0] is not valid Base64",
        "data:image/png;base64,            | images[0] is not valid Base64",
        "data:image/png,abc                | not a data: URL with Base64",
        "data:image/png;base64,R0lGODlhAAA= | images[0] is a GIF",
        "file:///etc/passwd                | of the kind file:",
        "http://127.0.0.1/a.png            | this server fetches none",
        "https://example.com/a.png         | --allow-image-urls",
      })
  void aUrlThatHoldsNoPictureIsNamed(String url, String message) throws Exception {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("prompt", "a");
    json.putArray("images").addObject().put("image_url", url);
    assertRefused(post(EDITS, json.toString()), "images[0]", message);
  }

  @Test
  void filesThatTheServerShouldHaveAreRefused() throws Exception {
    assertRefused(
        post(EDITS, "{\"prompt\":\"a\",\"images\":[{\"file_id\":\"file-1\"}]}"),
        "images[0]",
        "keeps no files");
    assertRefused(
        post(EDITS, "{\"prompt\":\"a\",\"images\":[17]}"), "images[0]", "has no image_url");
  }

  @Test
  void namesOfFilesAreOfNoUse() throws Exception {
    HttpResponse<String> answer =
        send(
            new MultipartBody("b")
                .text("prompt", "a")
                .text("timesteps", "1")
                .text("force", "true")
                .file("image", "../../etc/passwd", PNG)
                .post(request(EDITS)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
    byte[] body =
        new MultipartBody("b").text("prompt", "a").nameless("image", new byte[2 * BODY]).bytes();
    HttpResponse<String> said =
        send(
            request(EDITS, "Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertThat(said.statusCode()).isEqualTo(413);
    HttpResponse<String> inChunks =
        send(
            request(EDITS, "Content-Type", "multipart/form-data; boundary=b")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body))));
    assertThat(inChunks.statusCode()).as(inChunks.body()).isEqualTo(413);
    assertThat(code(inChunks)).isEqualTo("body_too_large");
  }

  private static void assertRefused(HttpResponse<String> answer, String field, String message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asString()).contains(message);
    assertThat(json(answer).at("/error/param").asString()).isEqualTo(field);
  }
}
