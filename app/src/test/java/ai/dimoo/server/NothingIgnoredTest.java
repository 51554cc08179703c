package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.request.Recipe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A field is followed, or named in `warnings`, or refused by name; nothing is dropped.
final class NothingIgnoredTest extends ServerFixture {

  private static final String GENERATIONS = "/v1/images/generations";
  private static final String EDITS = "/v1/images/edits";
  private static final String CHAT = "/v1/chat/completions";

  private JsonNode drawn(String more) throws Exception {
    return ok(post(GENERATIONS, picture(more)));
  }

  private static String picture(String more) {
    return "{\"prompt\": \"a circle\", \"timesteps\": 2, \"seed\": 1, " + more + "}";
  }

  private static String question(byte[] png, String more) {
    return """
    {"messages": [{"role": "user", "content": [{"type": "text", "text": "What is it?"},
      {"type": "image_url", "image_url": {"url": "%s"}}]}], "seed": 3%s}\
    """
        .formatted(TestPictures.url(png), more.isEmpty() ? "" : ", " + more);
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static void refused(HttpResponse<String> answer, String field, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asString()).isEqualTo(field);
    for (String word : words) {
      assertThat(json(answer).at("/error/message").asString()).contains(word);
    }
  }

  @Test
  void otherServersSpellingsAreFollowed() throws Exception {
    assertThat(drawn("\"width\": 128, \"height\": 64").at("/size").asString()).isEqualTo("128x64");
    JsonNode made =
        ok(post(GENERATIONS, "{\"prompt\": \"a\", \"steps\": 3, \"cfg_scale\": 1.5}"))
            .at("/data/0/dimoo");
    assertThat(made.at("/timesteps").asInt()).isEqualTo(3);
    assertThat(made.at("/cfg_scale").asDouble()).isEqualTo(1.5);
  }

  @Test
  void aMisspeltFieldIsRefusedWithTheNearestKnownOne() throws Exception {
    refused(
        post(GENERATIONS, picture("\"num_infrence_steps\": 4")),
        "num_infrence_steps",
        "did you mean num_inference_steps?");
    refused(post(GENERATIONS, picture("\"strength\": 0.5")), "strength", "leave it out");
    refused(
        post(CHAT, question(TestPictures.png(), "\"gen_lenght\": 4")), "gen_lenght", "gen_length");
  }

  @Test
  void whatMeansNothingHereIsNamed() throws Exception {
    assertThat(drawn("\"user\": \"u\", \"moderation\": \"low\", \"model\": \"x\"").at("/warnings"))
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder("user has no effect here.", "moderation has no effect here.");
    assertThat(drawn("\"n\": 1").has("warnings")).isFalse();
    assertThat(
            ok(post(CHAT, question(TestPictures.png(), "\"top_p\": 0.5")))
                .at("/warnings/0")
                .asString())
        .isEqualTo("top_p has no effect here.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"extra_body\": 3                          | extra_body",
        "\"cache\": {\"ratio\": 0.5}                | cache.ratio",
        "\"size\": \"64x64\", \"width\": 32         | width",
        "\"timesteps\": 2, \"num_inference_steps\": 3 | num_inference_steps",
        "\"seed\": 18446744073709551615             | seed",
        "\"seed\": -2                               | seed",
        "\"seed\": 9223372036854775807, \"n\": 2    | seed",
        "\"cfg_img\": 2                             | cfg_img"
      })
  void contradictionsAndWhatHasNoEffectAreRefused(String fields, String named) throws Exception {
    refused(post(GENERATIONS, "{\"prompt\": \"a circle\", " + fields + "}"), named);
  }

  @Test
  void streamOptionsAreAnObject() throws Exception {
    refused(
        post(CHAT, question(TestPictures.png(), "\"stream\": true, \"stream_options\": 1")),
        "stream_options");
  }

  @Test
  void minusOneIsANewSeedWhichTheAnswerTells() throws Exception {
    String body = "{\"prompt\": \"a circle\", \"timesteps\": 1, \"seed\": -1}";
    long first = ok(post(GENERATIONS, body)).at("/data/0/dimoo/seed").asLong();
    long second = ok(post(GENERATIONS, body)).at("/data/0/dimoo/seed").asLong();
    assertThat(first).isNotNegative();
    assertThat(second).isNotNegative().isNotEqualTo(first);
    String tag = "a circle <sd_cpp_extra_args>{\\\"seed\\\": -1}</sd_cpp_extra_args>";
    JsonNode tagged = ok(post(GENERATIONS, "{\"prompt\": \"" + tag + "\", \"timesteps\": 1}"));
    assertThat(tagged.at("/data/0/dimoo/seed").asLong()).isNotNegative();
  }

  @Test
  void textInAPromptReachesTheSamplerAlone() throws Exception {
    String tag = "\"prompt\": \"a circle <sd_cpp_extra_args>%s</sd_cpp_extra_args>\"";
    for (String settings :
        List.of("stream", "n", "output_format", "response_format", "task", "width")) {
      refused(
          post(GENERATIONS, "{" + tag.formatted("{\\\"" + settings + "\\\": 1}") + "}"),
          "prompt",
          "takes settings of the sampler",
          settings);
    }
    String nested =
        "{\\\"seed\\\": 5, \\\"sample_params\\\": {\\\"sample_steps\\\": 2,"
            + " \\\"sample_method\\\": \\\"euler\\\", \\\"guidance\\\": {\\\"txt_cfg\\\": 1.5}}}";
    JsonNode made = ok(post(GENERATIONS, "{" + tag.formatted(nested) + "}")).at("/data/0/dimoo");
    assertThat(made.at("/seed").asLong()).isEqualTo(5);
    assertThat(made.at("/timesteps").asInt()).isEqualTo(2);
    assertThat(made.at("/cfg_scale").asDouble()).isEqualTo(1.5);
  }

  @Test
  void anAnswerEndsBeforeTheTextThatStopsIt() throws Exception {
    String free = "\"temperature\": 3";
    String whole = content(ok(post(CHAT, question(TestPictures.png(), free))));
    assertThat(whole.length()).isGreaterThan(2);
    String stop = whole.substring(1, 2);
    ObjectNode stopped = (ObjectNode) json(question(TestPictures.png(), free));
    stopped.put("stop", stop);
    JsonNode cut = ok(post(CHAT, stopped.toString()));

    assertThat(content(cut)).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(cut.at("/choices/0/finish_reason").asString()).isEqualTo("stop");

    StringBuilder streamed = new StringBuilder();
    post(CHAT, stopped.put("stream", true).toString())
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> json(line.substring("data: ".length())))
        .forEach(piece -> streamed.append(piece.at("/choices/0/delta/content").asString("")));
    assertThat(streamed.toString()).isEqualTo(content(cut));
  }

  private static String content(JsonNode answer) {
    return answer.at("/choices/0/message/content").asString();
  }

  @Test
  void whatAQuestionDoesNotSeeIsSaid() throws Exception {
    JsonNode answer = ok(post(CHAT, question(TestPictures.png(1280, 128, 0xff0000), "")));
    assertThat(answer.at("/warnings/0").asString())
        .startsWith("Of the picture of 1280x128 the model sees the middle, ");
    assertThat(ok(post(CHAT, question(TestPictures.png(), ""))).path("warnings").toString())
        .doesNotContain("sees the middle");
    String padded = question(TestPictures.png(1280, 128, 0xff0000), "\"fit\": \"pad\"");
    assertThat(ok(post(CHAT, padded)).path("warnings").toString()).doesNotContain("sees the");
    String thin = question(TestPictures.png(4000, 1, 0xff0000), "\"fit\": \"pad\"");
    refused(post(CHAT, thin), "messages", "The picture is 4000x1, too elongated to be shown whole");
  }

  @Test
  void whatAnEditDoesNotSeeIsSaidAndPaddingShowsItAll() throws Exception {
    String body = edit(TestPictures.png(1280, 128, 0xff0000), null);
    String asked = "{\"force\": true, \"task\": \"edit_add\", \"";
    JsonNode cropped = ok(post(EDITS, body.replace("{\"", asked)));
    assertThat(cropped.at("/warnings").toString())
        .contains("Of the picture of 1280x128 the model sees the middle, ", "choose the fit pad");
    assertThat(cropped.at("/data/0/dimoo").has("fit")).isFalse();

    JsonNode padded = ok(post(EDITS, body.replace("{\"", asked + "fit\": \"pad\", \"")));
    assertThat(padded.at("/warnings").toString()).doesNotContain("sees the middle");
    assertThat(padded.at("/data/0/dimoo/fit").asString()).isEqualTo("pad");
    assertThat(padded.at("/size").asString()).isEqualTo("256x26");
    assertThat(padded.at("/data/0/dimoo/sampled_size").asString()).isEqualTo("256x64");
  }

  @Test
  void pixelsThatMakeNoTokenAreSaid() throws Exception {
    String body = edit(TestPictures.png(), null);
    JsonNode answer =
        ok(post(EDITS, body.replace("{\"", "{\"force\": true, \"expand\": \"26,0,0,0\", \"")));
    assertThat(answer.at("/size").asString()).isEqualTo("144x128");
    assertThat(answer.at("/warnings").toString())
        .contains("The picture of 154x128 is made at 144x128: sides are multiples of 16 pixels.");
    JsonNode most = // of the first token
        ok(post(EDITS, body.replace("{\"", "{\"force\": true, \"expand\": \"10,0,0,0\", \"")));
    assertThat(most.at("/size").asString()).isEqualTo("128x128");
    assertThat(most.at("/warnings").toString()).contains("The picture of 138x128 is made at");
    HttpResponse<String> little =
        post(EDITS, body.replace("{\"", "{\"force\": true, \"expand\": \"4,0,0,0\", \""));
    assertThat(little.statusCode()).as(little.body()).isEqualTo(400);
    assertThat(little.body()).contains("Nothing of the picture is to be repainted");
  }

  private static byte[] layer(int width, int height, Color back, Color front) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setBackground(back);
    graphics.clearRect(0, 0, width, height);
    graphics.setBackground(front);
    graphics.clearRect(0, 0, width / 4, height);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String edit(byte[] image, byte[] mask) {
    String body = "{\"prompt\": \"a circle\", \"timesteps\": 2, \"seed\": 1, \"image\": \"%s\"%s}";
    return body.formatted(
        TestPictures.url(image),
        mask == null ? "" : ", \"mask\": \"" + TestPictures.url(mask) + "\"");
  }

  @Test
  void aMaskThatMayMeanEitherIsRefused() throws Exception {
    byte[] strokes = layer(128, 128, new Color(0, true), Color.WHITE);
    refused(
        post(EDITS, edit(TestPictures.png(), strokes)), "mask", "a clear layer with white strokes");
    refused(
        post(EDITS, edit(TestPictures.png(), layer(128, 64, Color.BLACK, Color.WHITE))),
        "mask",
        "128x64",
        "128x128");
  }

  @Test
  void aHoleInThePictureIsTheMask() throws Exception {
    byte[] hole = layer(128, 128, Color.RED, new Color(0, true));
    JsonNode answer = ok(post(EDITS, edit(hole, null)));
    assertThat(answer.at("/warnings/0").asString())
        .isEqualTo("What is clear in the picture is repainted.");
    Recipe recipe =
        Recipe.ofTexts(
            ImageFiles.textOf(
                TestPictures.file(answer.at("/data/0/b64_json").asString()), "answer"),
            "answer");
    assertThat(recipe.task()).isEqualTo("inpaint");
    assertThat(recipe.mask().masked(0, 1)).isTrue();
    assertThat(recipe.mask().masked(0, 2)).isFalse();
  }
}
