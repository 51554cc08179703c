package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest {

  @ParameterizedTest
  @CsvSource({"640,480,128", "640,480,256", "500,333,128", "500,333,256", "97,61,128", "97,61,256"})
  void equalsTheReferencesPictureByteForByte(int width, int height, int side) {
    Picture source = Golden.picture("src_%dx%d.png".formatted(width, height));
    Picture expected = Golden.picture("resized_%dx%d_to%d.png".formatted(width, height, side));
    Crop crop = CropSizes.forSide(side).cropOf(source.size());
    Size all = crop.resized();
    Crop whole = new Crop(source.size(), all, new Box(0, 0, all.width(), all.height()));
    assertThat(crop.resized()).isEqualTo(expected.size());
    assertThat(halved(source, crop, whole)).isEqualTo(expected);
  }

  /// The resized picture before the cut, as the golden files hold it.
  private static Picture halved(Picture source, Crop crop, Crop whole) {
    Picture picture = source;
    while (picture.width() >= 2 * crop.box().width()
        && picture.height() >= 2 * crop.box().height()) {
      picture = Resize.to(picture, new Size(picture.width() / 2, picture.height() / 2), Filter.BOX);
    }
    return Resize.to(picture, whole.resized(), Filter.BICUBIC);
  }

  /// A 4x1 row of grey 0, 50, 200, 255 in Pillow 12.3: `Image.resize` to 7 and to 3 pixels.
  @ParameterizedTest
  @CsvSource({
    "BOX,000032c8c8ffff", "BICUBIC,00092b7dcff4ff", "LANCZOS,00042a7cd1faff",
    "BOX,007dff", "BICUBIC,047dfa", "LANCZOS,007dff"
  })
  void equalsPillowOnASmallRow(Filter filter, String levels) {
    byte[] expected = HexFormat.of().parseHex(levels);
    Picture row = Resize.to(greys(0, 50, 200, 255), new Size(expected.length, 1), filter);
    for (int x = 0; x < expected.length; x++) {
      assertThat(row.rgb(x, 0) & 0xff).as("pixel %d", x).isEqualTo(expected[x] & 0xff);
    }
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void aWindowIsACutOfTheWhole(Filter filter) {
    Picture source = noise(37, 23);
    Box window = new Box(11, 5, 17, 9);
    for (Size size : new Size[] {new Size(61, 44), new Size(30, 14), new Size(37, 14)}) {
      assertThat(Resize.window(source, size, window, filter))
          .isEqualTo(Resize.to(source, size, filter).crop(window));
    }
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void theSameSizeChangesNothing(Filter filter) {
    Picture source = noise(19, 31);
    assertThat(Resize.to(source, source.size(), filter)).isEqualTo(source);
  }

  @Test
  void roundsSidesDownToMultiples() {
    assertThat(Resize.toMultipleOf(noise(97, 61), 16).size()).isEqualTo(new Size(96, 48));
    Picture fits = noise(64, 48);
    assertThat(Resize.toMultipleOf(fits, 16)).isSameAs(fits);
    assertThatThrownBy(() -> Resize.toMultipleOf(noise(40, 15), 16))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The picture is 40x15, too small for this model: each side needs at least 16 pixels.");
  }

  static Picture noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(width * 1000L + height).nextBytes(rgb);
    return Picture.of(width, height, rgb);
  }

  private static Picture greys(int... levels) {
    byte[] rgb = new byte[3 * levels.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) levels[i / 3];
    }
    return Picture.of(levels.length, 1, rgb);
  }
}
