package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CropSizesTest {

  static Stream<String> crops() {
    return Golden.json("crops.json").propertyNames().stream().filter(name -> name.contains("->"));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512, 1024})
  void listsTheReferencesSizesInItsOrder(int side) {
    JsonNode expected = Golden.json("crops.json").get("crop_sizes_" + side);
    assertThat(CropSizes.forSide(side).sizes())
        .containsExactlyElementsOf(expected.valueStream().map(CropSizesTest::size).toList());
  }

  @ParameterizedTest
  @MethodSource("crops")
  void choosesTheReferencesCropAndSize(String name) {
    JsonNode expected = Golden.json("crops.json").get(name);
    String[] parts = name.split("x|->");
    Size source = new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    CropSizes sizes = CropSizes.forSide(Integer.parseInt(parts[2]));
    Crop crop = sizes.cropOf(source);
    assertThat(sizes.nearestTo(source)).isEqualTo(size(expected.get("crop_size")));
    assertThat(crop.resized()).isEqualTo(size(expected.get("resized")));
    assertThat(crop.maxOffsetX()).isEqualTo(expected.get("max_offset").get(0).asInt());
    assertThat(crop.maxOffsetY()).isEqualTo(expected.get("max_offset").get(1).asInt());
  }

  @Test
  void cutsTheCropOutOfTheReferencesResizedPicture() {
    Picture source = Golden.picture("src_640x480.png");
    Picture resized = Golden.picture("resized_640x480_to256.png");
    Crop centred = CropSizes.forSide(256).cropOf(source.size());
    assertThat(centred.of(source)).isEqualTo(resized.crop(new Box(5, 0, 288, 224)));
    assertThat(centred.at(11, 0).of(source)).isEqualTo(resized.crop(new Box(11, 0, 288, 224)));
  }

  @Test
  void aPatchOfTheModelsOwnGivesItsMultiples() {
    CropSizes sizes = CropSizes.forSide(64, 8);
    assertThat(sizes.sizes()).contains(new Size(64, 64), new Size(128, 32));
    assertThat(sizes.sizes())
        .allSatisfy(size -> assertThat(size.width() % 8 + size.height() % 8).isZero());
  }

  @Test
  void aPictureOnePixelWideIsCroppedWithoutResizingAllOfIt() {
    Picture thread = Picture.filled(new Size(1, 100_000), 0x204060);
    Picture crop = CropSizes.forSide(512).crop(thread);
    assertThat(crop).isEqualTo(Picture.filled(new Size(256, 1024), 0x204060));
  }

  @Test
  void refusesAPictureTooElongatedToBeResized() {
    Size thread = new Size(1, 80_000_000);
    assertThatThrownBy(() -> CropSizes.forSide(512).cropOf(thread))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1x80000000")
        .hasMessageContaining("crop it first");
  }

  private static Size size(JsonNode pair) {
    return new Size(pair.get(0).asInt(), pair.get(1).asInt());
  }
}
