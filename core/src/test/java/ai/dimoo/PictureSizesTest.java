package ai.dimoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.request.TextToImage;
import ai.dimoo.request.UntrainedSize;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSizesTest {

  private static final Size USUAL = new Size(128, 128);

  private static PictureSizes trainedFor(String... sizes) {
    List<Size> all = Stream.of(sizes).map(PictureSizesTest::size).toList();
    return new PictureSizes(
        new Knowledge(List.of(), all, List.of(), List.of(), Set.of(), null), USUAL, 8);
  }

  private static Size size(String text) {
    String[] sides = text.split("x");
    return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
  }

  private static TextToImage.Builder of(String size) {
    return TextToImage.of("a cat").size(size(size).width(), size(size).height());
  }

  @ParameterizedTest
  @CsvSource({
    "128x128, 128x128",
    "512x512, 128x128",
    "70x70, 64x64",
    "1536x1024, 96x64",
    "1024x1536, 64x96",
    "1792x1024, 96x64",
    "100x1000, 64x96",
    "1x1, 64x64"
  })
  void theNearestShapeIsTakenAndOfThatTheNearestArea(String asked, String sampled) {
    PictureSizes sizes = trainedFor("128x128", "64x64", "96x64", "64x96");
    assertThat(sizes.sampled(of(asked).build())).isEqualTo(size(sampled));
    assertThat(sizes.asked(of(asked).build())).isEqualTo(size(asked));
  }

  @Test
  void whatIsNotGivenIsTheModels() {
    PictureSizes sizes = trainedFor("128x128", "64x64");
    assertThat(sizes.sampled(TextToImage.of("a cat").build())).isEqualTo(USUAL);
    assertThat(sizes.asked(TextToImage.of("a cat").width(64).build())).isEqualTo(size("64x128"));
  }

  @Test
  void notesSayWhatIsMade() {
    PictureSizes sizes = trainedFor("128x128", "64x64");
    assertThat(sizes.notes(of("64x64").build())).isEmpty();
    assertThat(sizes.notes(of("512x512").build()))
        .containsExactly(
            "The model was trained for pictures of 128x128, 64x64, not 512x512: the picture is made"
                + " at 128x128 and resized.");
    assertThat(sizes.notes(of("512x256").build()).getFirst()).contains("and stretched");
    assertThat(sizes.notes(of("512x512").untrainedSize(UntrainedSize.FORCE).build()).getFirst())
        .endsWith("not 512x512: the result may show nothing.");
  }

  @Test
  void strictRefusesAndForceTakesWhatTheTokensAllow() {
    PictureSizes sizes = trainedFor("128x128", "64x64");
    assertThatThrownBy(
            () -> sizes.sampled(of("512x512").untrainedSize(UntrainedSize.STRICT).build()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("512x512; the model was trained for 128x128, 64x64.");
    assertThat(sizes.sampled(of("512x512").untrainedSize(UntrainedSize.FORCE).build()))
        .isEqualTo(size("512x512"));
    assertThatThrownBy(
            () -> sizes.sampled(of("510x512").untrainedSize(UntrainedSize.FORCE).build()))
        .hasMessageContaining("multiple of 8");
    assertThatThrownBy(() -> sizes.sampled(of("100000x100000").build()))
        .hasMessageContaining("at most 16777216 pixels");
  }

  @Test
  void aModelThatDoesNotSayTakesEverySizeAsItIs() {
    PictureSizes sizes = new PictureSizes(Knowledge.OPEN, USUAL, 8);
    TextToImage large = of("512x256").untrainedSize(UntrainedSize.STRICT).build();
    assertThat(sizes.sampled(large)).isEqualTo(size("512x256"));
    assertThat(sizes.notes(large)).isEmpty();
    assertThatThrownBy(() -> sizes.sampled(of("100x64").build()))
        .hasMessageContaining("multiple of 8");
  }
}
