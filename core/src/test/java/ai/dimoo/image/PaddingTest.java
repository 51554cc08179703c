package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import org.junit.jupiter.api.Test;

class PaddingTest {

  /// Red at its left end, green at its right, grey between: a crop of the middle would lose both.
  private static Picture panorama(int width, int height) {
    Canvas canvas = new Canvas(new Size(width, height), 0x808080);
    canvas.draw(Picture.filled(new Size(height, height), 0xff0000), 0, 0);
    canvas.draw(Picture.filled(new Size(height, height), 0x00ff00), width - height, 0);
    return canvas.toPicture();
  }

  @Test
  void aPanoramaIsSeenWholeBetweenBarsOfTheColourOfItsEdge() {
    Picture panorama = panorama(640, 64);
    Padding padding = CropSizes.forSide(128).paddingOf(panorama.size());
    Picture padded = padding.of(panorama);

    assertThat(padded.size()).isEqualTo(new Size(256, 64));
    assertThat(padding.box()).isEqualTo(new Box(0, 19, 256, 26));
    assertThat(padded.rgb(3, 32)).isEqualTo(0xff0000);
    assertThat(padded.rgb(252, 32)).isEqualTo(0x00ff00);
    assertThat(padded.rgb(128, 32)).isEqualTo(0x808080);
    int bar = padded.rgb(0, 0);
    for (int x = 0; x < 256; x++) {
      assertThat(padded.rgb(x, 18)).isEqualTo(bar);
      assertThat(padded.rgb(x, 45)).isEqualTo(bar);
    }
    assertThat(bar & 0xff).isBetween(0x50, 0x80); // mostly grey
    assertThat(CropSizes.forSide(128).crop(panorama).rgb(3, 32)).isEqualTo(0x808080);
  }

  @Test
  void anUprightPictureHasItsBarsBesideIt() {
    Padding padding = Padding.centred(new Size(30, 90), new Size(60, 60));
    assertThat(padding.box()).isEqualTo(new Box(20, 0, 20, 60));
    Picture padded = padding.of(Picture.filled(new Size(30, 90), 0x123456));
    assertThat(padded).isEqualTo(Picture.filled(new Size(60, 60), 0x123456));
  }

  @Test
  void aPictureOfTheRightShapeIsOnlyResized() {
    Picture picture = Golden.picture("src_640x480.png");
    Size size = new Size(160, 120);
    assertThat(Padding.centred(picture.size(), size).of(picture))
        .isEqualTo(Crop.centred(picture.size(), size).of(picture));
  }

  @Test
  void whatWouldVanishIsRefused() {
    assertThatThrownBy(() -> Padding.centred(new Size(4000, 1), new Size(256, 64)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The picture is 4000x1, too elongated to be shown whole in 256x64: crop it first.");
  }
}
