package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.error.UserException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading: `pictures/expected` holds what Pillow shows of each file.
class ImageFilesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grey.png",
        "bits.png",
        "palette.png",
        "palette_clear.png",
        "clear_colour.png",
        "rgba.png",
        "grey_alpha.png",
        "colour.jpg",
        "subsampled.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "turned3.jpg",
        "turned5.jpg",
        "turned6.jpg",
        "turned8.jpg",
        "turned6.png",
        "turned6.webp",
        "lossy.webp",
        "alpha.webp",
        "animated.webp",
        "animated_lossy.webp",
        "animated_alpha.webp",
        "animated_part.webp",
        "animated.png"
      })
  void readsWhatPillowShows(String name) {
    Picture expected = read("expected/" + name + ".png");
    Picture actual = read(name);
    assertThat(actual.size()).isEqualTo(expected.size());
    byte[] actualBytes = actual.toBytes();
    byte[] expectedBytes = expected.toBytes();
    int largest = 0;
    for (int i = 0; i < actualBytes.length; i++) {
      largest = Math.max(largest, Math.abs((actualBytes[i] & 0xff) - (expectedBytes[i] & 0xff)));
    }
    // transparency is mixed by other roundings, the rest is to be equal
    assertThat(largest)
        .isLessThanOrEqualTo(
            name.contains("alpha") || name.contains("rgba") || name.contains("part") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "animated.webp, 2",
    "animated_lossy.webp, 3",
    "animated.png, 3",
    "rgba.png, 1",
    "alpha.webp, 1",
    "colour.jpg, 1"
  })
  void knowsOfHowManyFramesAPictureIsTheFirst(String name, int frames) {
    assertThat(read(name).frames()).isEqualTo(frames);
    assertThat(read(name).ofFrames(7)).isEqualTo(read(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"animated.webp", "animated.png"})
  void refusesAnAnimatedMask(String name) {
    assertThatThrownBy(() -> ImageFiles.readMask(Golden.fixture(name), name))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(name + " is animated, of ");
  }

  @Test
  void takesTheUpperBitsOfSixteen() {
    Picture picture = read("grey16.png");
    for (int x = 0; x < 24; x++) {
      int level = (x * 2700 + 3 * 17) >> 8;
      assertThat(picture.rgb(x, 3)).isEqualTo(level * 0x010101);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,abcdef",
    "2,badcfe",
    "3,fedcba",
    "4,efcdab",
    "5,acebdf",
    "6,ecafdb",
    "7,fdbeca",
    "8,bdface"
  })
  void turnsByEachOrientation(int exif, String upright) {
    // stored: three rows of two, a b / c d / e f
    byte[] rgb = new byte[18];
    for (int i = 0; i < 18; i++) {
      rgb[i] = (byte) ("abcdef".charAt(i / 3));
    }
    Picture turned = new Pixels(new Size(2, 3), rgb, null).turned(Orientation.of(exif)).onWhite();
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      seen.append((char) (turned.rgb(i % turned.width(), i / turned.width()) & 0xff));
    }
    assertThat(seen.toString()).isEqualTo(upright);
    assertThat(turned.width()).isEqualTo(exif < 5 ? 2 : 3);
  }

  @Test
  void readsInterlacedPngOfSixteenBitColour() throws IOException {
    ImageTypeSpecifier type =
        ImageTypeSpecifier.createInterleaved(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            new int[] {0, 1, 2},
            DataBuffer.TYPE_USHORT,
            false,
            false);
    BufferedImage image = type.createBufferedImage(13, 11);
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 13; x++) {
        image.getRaster().setPixel(x, y, new int[] {x << 12, y << 12, (x + y) << 10});
      }
    }
    Picture picture = ImageFiles.read(write(image, "png", true), "interlaced.png");
    assertThat(picture.rgb(12, 10)).isEqualTo(0xc0a058);
    assertThat(picture.rgb(3, 7)).isEqualTo(0x307028);
  }

  @Test
  void ignoresTheColourProfileOfAJpeg() {
    byte[] plain = Golden.fixture("colour.jpg");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteArrayOutputStream tagged = new ByteArrayOutputStream();
    tagged.write(plain, 0, 2);
    int length = 2 + 14 + profile.length;
    tagged.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) (length >> 8), (byte) length});
    tagged.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII));
    tagged.writeBytes(profile);
    tagged.write(plain, 2, plain.length - 2);
    assertThat(ImageFiles.read(tagged.toByteArray(), "tagged.jpg")).isEqualTo(read("colour.jpg"));
  }

  @Test
  void aMaskIsItsClearPartOrElseItsLightPart() {
    Mask clear = ImageFiles.readMask(Golden.fixture("rgba.png"), "rgba.png");
    Picture bits = read("bits.png");
    Mask light = ImageFiles.readMask(Golden.fixture("bits.png"), "bits.png");
    assertThat(clear.count()).isCloseTo(24 * 8, within(24));
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 24; x++) {
        assertThat(clear.masked(x, y)).isEqualTo(y < 8);
        assertThat(light.masked(x, y)).isEqualTo(bits.rgb(x, y) == 0xffffff);
      }
    }
  }

  @Test
  void aMaskIsTurnedUprightToo() {
    assertThat(ImageFiles.readMask(Golden.fixture("turned6.png"), "turned6.png").size())
        .isEqualTo(new Size(16, 24));
  }

  private static Picture read(String name) {
    return ImageFiles.read(Golden.fixture(name), name);
  }

  private static byte[] write(BufferedImage image, String format, boolean interlaced)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (interlaced) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
