package ai.dimoo.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// AUTOMATIC1111's routes, asked as Open WebUI asks (its `backend/open_webui/routers/images.py` of
/// August 2026): the bodies and headers here are what it sends with its usual settings.
class A1111Test extends ServerFixture {

  private static final String TXT2IMG = "/sdapi/v1/txt2img";
  private static final String IMG2IMG = "/sdapi/v1/img2img";
  private static final String[] NO_LOGIN = {"authorization", ""};

  private static String base64(Picture picture) {
    return Base64.getEncoder().encodeToString(ImageFiles.encodePng(picture, Map.of()));
  }

  private static Picture picture(JsonNode answer) {
    return ImageFiles.read(
        Base64.getDecoder().decode(answer.at("/images/0").asString()), "the answer");
  }

  private static JsonNode info(HttpResponse<String> answer) {
    return json(json(answer).path("info").asString());
  }

  private static List<String> warnings(HttpResponse<String> answer) {
    return info(answer).path("warnings").valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void openWebUiChecksTheAddressAndListsTheModel() throws Exception {
    HttpResponse<String> options = get("/sdapi/v1/options", NO_LOGIN);
    HttpResponse<String> models = get("/sdapi/v1/sd-models", NO_LOGIN);

    assertThat(json(options).path("sd_model_checkpoint").asString()).isEqualTo("pocket");
    assertThat(json(models).at("/0/title").asString()).isEqualTo("pocket");
    assertThat(json(models).at("/0/model_name").asString()).isEqualTo("pocket");
    assertThat(post("/sdapi/v1/options", options.body(), NO_LOGIN).statusCode()).isEqualTo(200);
    HttpResponse<String> other =
        post("/sdapi/v1/options", options.body().replace("pocket", "another"), NO_LOGIN);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(json(other).at("/error/param").asString()).isEqualTo("sd_model_checkpoint");
  }

  @Test
  void openWebUiGetsAPicture() throws Exception {
    HttpResponse<String> answer =
        post(
            TXT2IMG,
            """
            {"prompt": "a red circle", "batch_size": 1, "width": 512, "height": 512, "steps": 4,
             "negative_prompt": "blurry"}\
            """,
            NO_LOGIN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(picture(json(answer)).size()).isEqualTo(new Size(512, 512));
    assertThat(info(answer).path("steps").asInt()).isEqualTo(4);
    assertThat(warnings(answer))
        .anyMatch(warning -> warning.startsWith("negative_prompt has no effect"))
        .anyMatch(warning -> warning.contains("512x512"));
    assertThat(json(answer).at("/parameters/prompt").asString()).isEqualTo("a red circle");
  }

  @Test
  void theSeedGivesThePictureOfTheOtherApi() throws Exception {
    JsonNode here =
        json(post(TXT2IMG, "{\"prompt\": \"a ring\", \"seed\": 9, \"steps\": 3, \"n_iter\": 2}"));
    JsonNode there =
        json(
            post(
                "/v1/images/generations",
                "{\"prompt\": \"a ring\", \"seed\": 9, \"steps\": 3, \"n\": 2}"));
    for (int i = 0; i < 2; i++) {
      assertThat(here.path("images").path(i).asString())
          .isEqualTo(there.path("data").path(i).path("b64_json").asString());
    }
  }

  @Test
  void whatMeansNothingHereIsNamedIfItAsksForSomething() throws Exception {
    HttpResponse<String> answer =
        post(
            TXT2IMG,
            """
            {"prompt": "a ring", "steps": 1, "sampler_name": "Euler a", "scheduler": "Karras",
             "restore_faces": false, "tiling": null, "styles": [], "alwayson_scripts": {},
             "enable_hr": true, "s_churn": 0, "subseed": -1, "send_images": true,
             "override_settings": {"sd_model_checkpoint": "pocket", "CLIP_stop_at_last_layers": 2}}\
            """);

    assertThat(warnings(answer))
        .containsExactly(
            "enable_hr has no effect here.",
            "sampler_name has no effect here.",
            "scheduler has no effect here.",
            "override_settings.CLIP_stop_at_last_layers has no effect here.");
  }

  @Test
  void whatIsUnknownOrWrongIsRefused() throws Exception {
    HttpResponse<String> misspelt = post(TXT2IMG, "{\"prompt\": \"a ring\", \"step\": 4}");
    assertThat(misspelt.statusCode()).isEqualTo(400);
    assertThat(json(misspelt).at("/error/message").asString()).contains("did you mean steps");
    HttpResponse<String> none = post(TXT2IMG, "{\"prompt\": \"a ring\", \"steps\": 0}");
    assertThat(json(none).at("/error/message").asString()).contains("steps is 0");
    HttpResponse<String> many = post(TXT2IMG, "{\"prompt\": \"a ring\", \"batch_size\": 99}");
    assertThat(json(many).at("/error/param").asString()).isEqualTo("batch_size");
    assertThat(code(post(IMG2IMG, "{\"prompt\": \"a ring\"}"))).isEqualTo("invalid_value");
    assertThat(json(post(IMG2IMG, "{\"prompt\": \"a\"}")).at("/error/param").asString())
        .isEqualTo("init_images");
  }

  @Test
  void aMaskedPartIsRepaintedAsInTheOtherApi() throws Exception {
    String red = "data:image/png;base64," + base64(Picture.filled(new Size(128, 128), 0xC81E1E));
    byte[] halves = new byte[3 * 128 * 128];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (byte) (i / 3 % 128 < 64 ? 255 : 0); // the left half is white
    }
    String mask = base64(Picture.of(128, 128, halves));
    String body =
        """
        {"prompt": "a blue square", "init_images": ["%s"], "mask": "%s",
         "steps": 2, "seed": 1, "denoising_strength": 0.75, "image_cfg_scale": 1.5}\
        """
            .formatted(red, mask);
    HttpResponse<String> answer = post(IMG2IMG, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String there =
        """
        {"prompt": "a blue square", "image": "%s", "mask": "%s", "steps": 2, "seed": 1}\
        """
            .formatted(red, mask);
    assertThat(json(answer).at("/images/0"))
        .isEqualTo(json(post("/v1/images/edits", there)).at("/data/0/b64_json"));
    assertThat(warnings(answer))
        .contains("denoising_strength has no effect here.", "image_cfg_scale has no effect here.");
    assertThat(json(answer).at("/parameters").has("init_images")).isFalse();
    assertThat(info(answer).at("/dimoo/0/task").asString()).isEqualTo("inpaint");
    HttpResponse<String> inverted =
        post(IMG2IMG, body.replace("\"steps\"", "\"inpainting_mask_invert\": 1, \"steps\""));
    assertThat(inverted.statusCode()).isEqualTo(400);
  }

  @Test
  void progressIsOfThePicturesUnderWay() throws Exception {
    assertThat(json(get("/sdapi/v1/progress")).path("progress").asDouble()).isZero();
    CompletableFuture<HttpResponse<String>> answer =
        client()
            .sendAsync(
                request(TXT2IMG, "Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"prompt\": \"a ring\", \"steps\": 200, \"batch_size\": 10}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    until(() -> {
      JsonNode now = json(get("/sdapi/v1/progress"));
      return now.path("progress").asDouble() > 0 && now.at("/state/sampling_steps").asInt() == 2000;
    });
    answer.cancel(true); // the client leaves, and the work with it
    untilTimeBrings(() -> json(get("/sdapi/v1/progress")).at("/state/job_count").asInt() == 0);
  }
}
