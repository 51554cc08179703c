package ai.dimoo.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.TextToImage;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.util.MimeTypeUtils;

/// Pictures by way of Spring AI, with the pocket model.
class DimooImageModelTest {

  private static Dimoo dimoo;
  private static DimooImageModel model;

  @BeforeAll
  static void open() {
    dimoo = PocketModel.open();
    model =
        new DimooImageModel(
            dimoo, DimooImageOptions.builder().timesteps(3).seed(7L).force().build());
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  @Test
  void aPictureIsTheOneThatTheLibraryMakes() {
    DimooImageOptions options =
        DimooImageOptions.builder()
            .width(64)
            .height(32)
            .timesteps(2)
            .cfgScale(2.0)
            .temperature(0.5)
            .seed(5L)
            .build();
    ImageGeneration result = call("a red circle", options).getFirst();
    TextToImage request =
        TextToImage.of("a red circle")
            .size(64, 32)
            .timesteps(2)
            .cfgScale(2)
            .temperature(0.5)
            .seed(5)
            .build();

    assertThat(picture(result)).isEqualTo(dimoo.generate(request).picture());
    assertThat(texts(result)).containsEntry("prompt", "a red circle").containsEntry("seed", "5");
  }

  @Test
  void whatIsToBeSaidIsInTheMetadata() {
    ImageGeneration result = call("a joystick", DimooImageOptions.DEFAULT).getFirst();
    TextToImage request = TextToImage.of("a joystick").timesteps(3).seed(7L).force().build();
    assertThat(((DimooImageMetadata) result.getMetadata()).notes())
        .isEqualTo(dimoo.generate(request).notes())
        .anyMatch(note -> note.contains("joystick"));
  }

  @Test
  void whatAPromptDoesNotSayIsTakenFromTheDefaults() {
    ImageOptions options = ImageOptionsBuilder.builder().width(32).height(64).n(2).build();
    List<ImageGeneration> results = call("a star", options);

    assertThat(picture(results.getFirst()).size()).isEqualTo(new Size(32, 64));
    assertThat(results).extracting(DimooImageModelTest::seed).containsExactly(7L, 8L);
    assertThat(texts(results.getLast())).containsEntry("timesteps", "3");
    assertThat(model.call(new ImagePrompt("a star")).getResults()).hasSize(1);
  }

  @Test
  void aMessageWithAPictureHasItChanged() {
    DimooImageOptions add = DimooImageOptions.builder().task("edit_add").build();
    DimooImageOptions style = DimooImageOptions.builder().task("image_ref_transfer").build();
    ImageGeneration general = edit("Make it blue.", DimooImageOptions.DEFAULT, PocketModel.MEDIA);
    ImageGeneration added = edit("Add a star.", add, PocketModel.MEDIA);
    ImageGeneration styled = edit("", style, PocketModel.MEDIA, PocketModel.MEDIA);

    assertThat(texts(general)).containsEntry("task", "other");
    assertThat(texts(added)).containsEntry("task", "edit_add");
    assertThat(texts(styled)).containsEntry("task", "image_ref_transfer");
    assertThat(picture(added).size()).isEqualTo(new Size(128, 128));
  }

  @Test
  void aDataUrlIsReadAndAnAddressIsNotFetched() {
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(PocketModel.PNG);
    edit("Add a star.", DimooImageOptions.DEFAULT, media(data));

    refused(
        () -> edit("Add a star.", DimooImageOptions.DEFAULT, media("http://127.0.0.1/a.png")),
        "not fetched");
  }

  @Test
  void whatTheModelLacksIsRefused() {
    refused(() -> call("a star", ImageOptionsBuilder.builder().n(11).build()), "1 to 10");
    refused(() -> call("a star", ImageOptionsBuilder.builder().style("vivid").build()), "styles");
    refused(() -> call("a star", ImageOptionsBuilder.builder().model("x").build()), "\"pocket\"");
    refused(
        () -> call("a star", ImageOptionsBuilder.builder().responseFormat("url").build()),
        "b64_json");
    refused(() -> call("a star", DimooImageOptions.builder().width(0).build()), "width is 0");
    refused(() -> call(" ", DimooImageOptions.DEFAULT), "prompt is empty");
    List<ImageMessage> two = List.of(new ImageMessage("a star"), new ImageMessage("a circle"));
    refused(() -> model.call(new ImagePrompt(two)), "2 messages");
  }

  private static List<ImageGeneration> call(String prompt, ImageOptions options) {
    return model.call(new ImagePrompt(prompt, options)).getResults();
  }

  private static ImageGeneration edit(String prompt, ImageOptions options, Media... media) {
    ImageMessage message = new ImageMessage(prompt, null, List.of(media), Map.of());
    return model.call(new ImagePrompt(message, options)).getResult();
  }

  private static Media media(String url) {
    return new Media(MimeTypeUtils.IMAGE_PNG, URI.create(url));
  }

  private static void refused(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  private static long seed(ImageGeneration generation) {
    return ((DimooImageMetadata) generation.getMetadata()).seed();
  }

  private static Picture picture(ImageGeneration generation) {
    return ImageFiles.read(bytes(generation), "answer");
  }

  private static Map<String, String> texts(ImageGeneration generation) {
    return ImageFiles.textOf(bytes(generation), "answer");
  }

  private static byte[] bytes(ImageGeneration generation) {
    return Base64.getDecoder().decode(generation.getOutput().getB64Json());
  }
}
