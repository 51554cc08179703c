package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Canvas;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.train.shapes.Renderer;
import ai.dimoo.train.shapes.SceneGenerator;
import ai.dimoo.train.shapes.SceneOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EditsTest extends ServerFixture {

  private static final String SETTINGS = ", \"num_inference_steps\": 2, \"seed\": 5";

  private final byte[] scene = png(Renderer.render(new SceneGenerator(SceneOptions.standard(), 1).at(3)));

  private static byte[] png(Picture picture) {
    return ImageFiles.encodePng(picture, Map.of());
  }

  private static String url(byte[] file) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
  }

  private HttpResponse<String> edit(String more) throws Exception {
    return post(
        "/v1/images/edits",
        "{\"prompt\": \"a red circle\", \"images\": [{\"image_url\": \"%s\"}]%s%s}"
            .formatted(url(scene), SETTINGS, more));
  }

  private static Picture pictureOf(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String base64 = json(answer).at("/data/0/b64_json").asString();
    return ImageFiles.read(Base64.getDecoder().decode(base64), "answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "inpaint; , \"box\": \"0,0,32,32\"",
        "inpaint; , \"task\": \"inpaint\"",
        "outpaint; , \"task\": \"outpaint\", \"box\": \"0,0,32,64\"",
        "retouch; , \"task\": \"retouch\", \"box\": \"8,8,8,8\"",
        "edit_replace; ''",
        "edit_add; , \"task\": \"edit_add\", \"image_guidance_scale\": 2",
        "canny_control; , \"task\": \"canny_control\"",
        "depth_dense; , \"task\": \"depth_dense\"",
        "subject_driven; , \"task\": \"subject_driven\"",
        "multi_view_left; , \"task\": \"multi_view_left\""
      })
  void everyTaskMakesAPictureOfThePicturesSize(String task, String more) throws Exception {
    HttpResponse<String> answer = edit(more);
    Picture picture = pictureOf(answer);
    assertThat(picture.size()).isEqualTo(new Size(64, 64));
    JsonNode made = json(answer).at("/data/0/dimoo");
    assertThat(made.path("task").asString()).isEqualTo(task);
    assertThat(made.path("seed").asInt()).isEqualTo(5);
  }

  @Test
  void outpaintingMakesThePictureLarger() throws Exception {
    Picture picture = pictureOf(edit(", \"task\": \"outpaint\", \"expand\": \"0,0,16,0\""));
    assertThat(picture.size()).isEqualTo(new Size(80, 64));
  }

  @Test
  void styleTransferTakesTwoPicturesAndSaysSo() throws Exception {
    assertThat(edit(", \"task\": \"image_ref_transfer\"").body()).contains("needs two images");
    HttpResponse<String> two =
        post(
            "/v1/images/edits",
            "{\"task\": \"image_ref_transfer\", \"images\": [{\"image_url\": \"%s\"}, \"%s\"]%s}"
                .formatted(url(scene), url(scene), SETTINGS));
    assertThat(pictureOf(two).size()).isEqualTo(new Size(64, 64));
  }

  @Test
  void retouchingAPictureOfThisModelKeepsEveryPixelFarFromTheBox() throws Exception {
    HttpResponse<String> first =
        post(
            "/v1/images/generations",
            "{\"prompt\": \"a red circle\"" + SETTINGS + "}");
    byte[] file = Base64.getDecoder().decode(json(first).at("/data/0/b64_json").asString());
    HttpResponse<String> second =
        post(
            "/v1/images/edits",
            "{\"prompt\": \"a red circle\", \"task\": \"retouch\", \"box\": \"56,56,8,8\", \"image\": \"%s\"%s}"
                .formatted(url(file), SETTINGS));
    assertThat(json(second).at("/data/0/dimoo/task").asString()).isEqualTo("retouch");
    assertThat(pictureOf(second).size()).isEqualTo(new Size(64, 64));
  }

  @Test
  void aFormGivesTheSameBytesAsJsonWhateverItsPartsAreCalled() throws Exception {
    Picture json = pictureOf(edit(", \"box\": \"0,0,32,32\""));
    for (String name : List.of("image\"; filename=\"../../etc/passwd", "image", "image[]")) {
      HttpRequest.Builder request =
          request("/v1/images/edits", "Content-Type", "multipart/form-data; boundary=XX")
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      form(
                          Map.of(
                              "prompt", "a red circle",
                              "box", "0,0,32,32",
                              "num_inference_steps", "2",
                              "seed", "5"),
                          name,
                          scene)));
      assertThat(pictureOf(send(request)).toBytes()).isEqualTo(json.toBytes());
    }
  }

  private static byte[] form(Map<String, String> fields, String image, byte[] file) {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append("--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(name, value)));
    head.append(
        "--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: image/png\r\n\r\n"
            .formatted(image));
    List<byte[]> parts = new ArrayList<>();
    parts.add(head.toString().getBytes());
    parts.add(file);
    parts.add("\r\n--XX--\r\n".getBytes());
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"jpeg,ffd8ff", "webp,52494646"})
  void answersComeInTheFormatThatWasAskedFor(String format, String head) throws Exception {
    HttpResponse<String> answer =
        post(
            "/v1/images/generations",
            "{\"prompt\": \"a red circle\", \"output_format\": \"%s\", \"output_compression\": 80%s}"
                .formatted(format, SETTINGS));
    byte[] file = Base64.getDecoder().decode(json(answer).at("/data/0/b64_json").asString());
    assertThat(java.util.HexFormat.of().formatHex(file)).startsWith(head);
    assertThat(pictureOf(answer).size()).isEqualTo(new Size(64, 64));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "image; {\"prompt\": \"x\"}",
        "image; {\"prompt\": \"x\", \"image\": \"http://127.0.0.1/x.png\"}",
        "image; {\"prompt\": \"x\", \"image\": \"!!\"}",
        "image; {\"prompt\": \"x\", \"image\": \"aGVsbG8gd29ybGQsIGhlbGxv\"}",
        "images; {\"prompt\": \"x\", \"images\": [{}]}"
      })
  void aPictureThatIsNoneIsRefusedByName(String field, String body) throws Exception {
    HttpResponse<String> answer = post("/v1/images/edits", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asString()).isEqualTo(field);
  }

  @Test
  void aDecompressionBombIsRefusedBeforeItIsDecoded() throws Exception {
    HttpResponse<String> answer =
        post(
            "/v1/images/edits",
            "{\"prompt\": \"x\", \"image\": \"%s\"}".formatted(url(claiming(60_000, 60_000))));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("60000x60000").contains("at most 40000000");
  }

  /// The head of a PNG that says it is so large, and holds no pixel.
  private byte[] claiming(int width, int height) {
    byte[] file = png(new Canvas(new Size(8, 8), 0).toPicture());
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(file);
    bytes.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    return file;
  }

  @Test
  void generationsPointToEditsForTasksWithPictures() throws Exception {
    HttpResponse<String> answer =
        post("/v1/images/generations", "{\"prompt\": \"x\", \"task\": \"inpaint\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/v1/images/edits");
  }
}
