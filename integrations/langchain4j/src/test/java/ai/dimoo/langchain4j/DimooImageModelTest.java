package ai.dimoo.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import ai.dimoo.request.TextToImage;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.output.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures by way of LangChain4j, with the pocket model.
class DimooImageModelTest {

  private static Dimoo dimoo;

  @BeforeAll
  static void open() {
    dimoo = PocketModel.open();
  }

  @AfterAll
  static void close() {
    dimoo.close();
  }

  private static DimooImageModel.Builder few() {
    return DimooImageModel.builder().dimoo(dimoo).timesteps(3).seed(7);
  }

  @Test
  void aPictureIsTheOneThatTheLibraryMakes() {
    Response<Image> response =
        few().cfgScale(2).temperature(0.5).size(128, 64).build().generate("a red circle");
    TextToImage request =
        TextToImage.of("a red circle")
            .size(128, 64)
            .timesteps(3)
            .cfgScale(2)
            .temperature(0.5)
            .seed(7)
            .build();

    assertThat(response.content().mimeType()).isEqualTo("image/png");
    assertThat(picture(response.content())).isEqualTo(dimoo.generate(request).picture());
    assertThat(response.metadata()).containsEntry(DimooImageModel.SEED, 7L);
    assertThat(ImageFiles.textOf(bytes(response.content()), "png"))
        .containsEntry("prompt", "a red circle");
  }

  @Test
  void severalPicturesHaveSeedsInARow() {
    Response<List<Image>> both = few().build().generate("a star", 2);
    Image second = few().seed(8).build().generate("a star").content();

    assertThat(both.content()).hasSize(2).doesNotHaveDuplicates();
    assertThat(both.content().get(1)).isEqualTo(second);
    assertThat(both.metadata()).containsEntry(DimooImageModel.SEEDS, List.of(7L, 8L));
    refused(() -> few().build().generate("a star", 0), "1 to 10");
    refused(() -> few().build().generate("a star", 11), "1 to 10");
  }

  @Test
  void whatIsToBeSaidIsInTheMetadata() {
    DimooImageModel model = few().size(640, 640).build();
    List<String> expected =
        dimoo
            .generate(TextToImage.of("a joystick").size(640, 640).timesteps(3).seed(7).build())
            .notes();
    assertThat(expected).anyMatch(note -> note.contains("joystick"));
    assertThat(model.generate("a joystick").metadata())
        .containsEntry(DimooImageModel.NOTES, expected);
    assertThat(model.generate("a joystick", 2).metadata())
        .containsEntry(DimooImageModel.NOTES, expected);
  }

  @Test
  void withoutASeedEachPictureHasItsOwn() {
    DimooImageModel model = DimooImageModel.builder().dimoo(dimoo).timesteps(1).build();

    assertThat((List<?>) model.generate("a star", 2).metadata().get(DimooImageModel.SEEDS))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void anEditTakesTheTaskOfTheBuilder() {
    Image source = image(Picture.filled(new Size(128, 128), 0x20a040));
    Image edited = few().force().cfgImage(1).build().edit(source, "Add a star.").content();
    Image edges = few().force().task("canny_dense").build().edit(source, "").content();

    assertThat(picture(edited).size()).isEqualTo(new Size(128, 128));
    assertThat(ImageFiles.textOf(bytes(edited), "png")).containsEntry("task", "other");
    assertThat(ImageFiles.textOf(bytes(edges), "png")).containsEntry("task", "canny_dense");
    refused(() -> few().task("no_such_task"), "no_such_task");
    refused(() -> few().task("image_ref_transfer"), "2 pictures");
  }

  @Test
  void aMaskMarksWhatIsRepaintedWhereItIsTransparent() throws IOException {
    Image source = image(Picture.filled(new Size(128, 128), 0x20a040));
    Image left = few().build().edit(source, mask(0, 64), "a red circle").content();
    Image right = few().build().edit(source, mask(64, 128), "a red circle").content();

    Map<String, String> texts = ImageFiles.textOf(bytes(left), "png");
    assertThat(texts).containsEntry("task", "inpaint").containsEntry("seed", "7");
    assertThat(picture(left).size()).isEqualTo(new Size(128, 128));
    assertThat(left).isNotEqualTo(right);
    refused(() -> few().build().edit(source, mask(0, 0), "x"), "mark more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/a.png", "https://example.org/a.png", "file:/a.png"})
  void addressesAreNotFetched(String url) {
    refused(
        () -> few().build().edit(Image.builder().url(url).build(), "Add a star."), "not fetched");
  }

  @Test
  void whatIsNoPictureIsRefusedInOneLine() {
    Image empty = Image.builder().build();
    Image noBase64 = Image.builder().base64Data("%%%").build();
    Image noPicture = Image.builder().base64Data("aGVsbG8=").build();
    refused(() -> few().build().edit(empty, "Add a star."), "is empty");
    refused(() -> few().build().edit(noBase64, "Add a star."), "The image");
    refused(() -> few().build().edit(noPicture, "Add a star."), "The image");
    refused(() -> few().build().generate(" "), "prompt is empty");
    refused(() -> few().timesteps(0).build(), "timesteps");
  }

  @Test
  void aModelThatWasGivenStaysOpenAndOneOpenedHereIsClosed() {
    few().build().close();
    few().build().generate("a star");

    DimooImageModel own =
        DimooImageModel.builder().model(PocketModel.FOLDER).timesteps(1).seed(1).build();
    own.generate("a star");
    own.close();
    assertThatThrownBy(() -> own.generate("a star")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theBuilderWantsOneModel() {
    assertThatThrownBy(() -> DimooImageModel.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("neither");
    assertThatThrownBy(() -> few().model(PocketModel.FOLDER).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("both");
  }

  private static void refused(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  /// Transparent between two columns, opaque black elsewhere.
  private static Image mask(int from, int to) throws IOException {
    BufferedImage mask = new BufferedImage(128, 128, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        mask.setRGB(x, y, x >= from && x < to ? 0 : 0xff000000);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(mask, "png", png);
    return image(png.toByteArray());
  }

  private static Image image(Picture picture) {
    return image(ImageFiles.encodePng(picture, Map.of()));
  }

  private static Image image(byte[] png) {
    return Image.builder().base64Data(Base64.getEncoder().encodeToString(png)).build();
  }

  private static byte[] bytes(Image image) {
    return Base64.getDecoder().decode(image.base64Data());
  }

  private static Picture picture(Image image) {
    return ImageFiles.read(bytes(image), "answer");
  }
}
