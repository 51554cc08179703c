package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossyWritingTest {

  private static final Picture PHOTO = Golden.picture("src_500x333.png");

  @ParameterizedTest
  @CsvSource({"jpeg, JPEG", "webp, WEBP"})
  void whatIsWrittenIsReadBackNearlyTheSame(String format, ImageFormat expected) {
    Picture smooth = smooth();
    byte[] file = encode(format, smooth, 95);
    assertThat(ImageFormat.of(file, format)).isEqualTo(expected);
    Picture back = ImageFiles.read(file, format);
    assertThat(back.size()).isEqualTo(smooth.size());
    assertThat(meanError(smooth, back)).isLessThan(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "webp"})
  void moreQualityTakesMoreBytesAndErrsLess(String format) {
    byte[] poor = encode(format, PHOTO, 0);
    byte[] best = encode(format, PHOTO, 100);
    assertThat(poor.length).isLessThan(best.length / 3);
    assertThat(meanError(PHOTO, ImageFiles.read(best, format)))
        .isLessThan(meanError(PHOTO, ImageFiles.read(poor, format)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "webp"})
  void onePixelIsEnough(String format) {
    byte[] file = encode(format, Picture.filled(new Size(1, 1), 0xff0000), 100);
    Picture back = ImageFiles.read(file, format);
    assertThat(back.rgb(0, 0) >> 16).isGreaterThan(200);
    assertThat(back.rgb(0, 0) & 0xff).isLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "webp"})
  void anImpossibleQualityIsABug(String format) {
    assertThatThrownBy(() -> encode(format, PHOTO, 101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("101");
  }

  @Test
  void sidesThatTheFormatCannotHoldAreRefused() {
    Picture stripe = Picture.filled(new Size(70_000, 1), 0);
    assertThatThrownBy(() -> ImageFiles.encodeWebp(stripe, 90))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("70000x1")
        .hasMessageContaining("16383");
    assertThatThrownBy(() -> ImageFiles.encodeJpeg(stripe, 90))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("65500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "turned3.jpg", "turned6.jpg", "turned6.webp", "alpha.webp"})
  void theSizeIsKnownFromTheHeader(String name) {
    byte[] file = Golden.fixture(name);
    assertThat(ImageFiles.sizeOf(file, name)).isEqualTo(ImageFiles.read(file, name).size());
  }

  @Test
  void theSizeOfWhatIsNoPictureIsRefused() {
    assertThatThrownBy(() -> ImageFiles.sizeOf("GIF89a".getBytes(), "it"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it is a GIF");
  }

  private static byte[] encode(String format, Picture picture, int quality) {
    return format.equals("jpeg")
        ? ImageFiles.encodeJpeg(picture, quality)
        : ImageFiles.encodeWebp(picture, quality);
  }

  /// Colours that differ from one another everywhere, and sides that do.
  private static Picture smooth() {
    byte[] rgb = new byte[3 * 96 * 64];
    for (int i = 0; i < 96 * 64; i++) {
      rgb[3 * i] = (byte) (200 + i % 96 / 2);
      rgb[3 * i + 1] = (byte) (100 + i / 96);
      rgb[3 * i + 2] = (byte) (i % 96 / 4);
    }
    return Picture.of(96, 64, rgb);
  }

  private static double meanError(Picture expected, Picture actual) {
    byte[] a = expected.toBytes();
    byte[] b = actual.toBytes();
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return (double) sum / a.length;
  }
}
