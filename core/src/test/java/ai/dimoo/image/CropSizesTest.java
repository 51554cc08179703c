package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import org.junit.jupiter.api.Test;

class CropSizesTest {

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
}
