package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.dimoo.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are no pictures, or no longer: each is refused in one line.
class DamagedFilesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette.png",
        "text.png",
        "colour.jpg",
        "subsampled.jpg",
        "cmyk.jpg",
        "lossy.webp",
        "alpha.webp",
        "turned6.webp",
        "animated_part.webp",
        "animated_alpha.webp",
        "animated.png"
      })
  void refusesAFileThatEndsEarly(String name) {
    byte[] whole = Golden.fixture(name);
    for (int length = 17; length < whole.length; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageFiles.read(part, name))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(name + " ")
          .hasMessageNotContaining("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette_clear.png",
        "subsampled.jpg",
        "turned8.jpg",
        "alpha.webp",
        "turned6.webp",
        "animated_part.webp",
        "animated_alpha.webp",
        "animated.png"
      })
  void anyDamageGivesAPictureOrOneLine(String name) {
    byte[] whole = Golden.fixture(name);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 1 + i % 3; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Throwable thrown = catchThrowable(() -> ImageFiles.read(damaged, name));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(UserException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n");
      }
    }
  }

  @Test
  void refusesAZipArchiveNamedAsAPicture(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cat.png");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("cat.txt"));
    }
    assertThatThrownBy(() -> ImageFiles.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is a ZIP archive: a PNG, JPEG or WebP picture is expected.");
  }

  @ParameterizedTest
  @CsvSource({
    "GIF89a..........,a GIF",
    "%PDF-1.7........,a PDF document",
    "....ftypheic....,HEIC",
    "hello world,not a picture",
    "x,not a picture",
    "'',is empty"
  })
  void saysWhatTheFileIs(String content, String kind) {
    byte[] file = content.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ImageFiles.read(file, "f"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(kind)
        .hasMessageContaining("PNG, JPEG or WebP");
  }

  @Test
  void refusesAHugePictureByItsHeader() {
    assertThatThrownBy(() -> ImageFiles.read(pngHeader(60_000, 60_000), "huge.png"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("huge.png is 60000x60000 pixels, more than the 89478485");
    byte[] jpeg = Golden.fixture("colour.jpg");
    int frame = indexOf(jpeg, new byte[] {(byte) 0xff, (byte) 0xc0});
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);
    assertThatThrownBy(() -> ImageFiles.read(jpeg, "huge.jpg"))
        .hasMessageContaining("huge.jpg is 65535x65535 pixels");
    byte[] webp = Golden.fixture("lossy.webp");
    webp[26] = webp[28] = -1;
    webp[27] = webp[29] = 0x3f;
    assertThatThrownBy(() -> ImageFiles.read(webp, "huge.webp"))
        .hasMessageContaining("huge.webp is 16383x16383 pixels");
  }

  @ParameterizedTest
  @CsvSource({"0,5", "5,0", "-1,5"})
  void refusesAPictureWithoutPixels(int width, int height) {
    assertThatThrownBy(() -> ImageFiles.read(pngHeader(width, height), "none.png"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("its header gives the size " + width + "x" + height);
  }

  /// Where an animation's first frame lies, and how large it is, stands behind the letters `ANMF`
  /// and the length: three bytes each for half its place, then for its sides, less one.
  @ParameterizedTest
  @CsvSource({
    "8, 100, its first frame reaches beyond it",
    "11, 100, its first frame reaches beyond it",
    "14, 3, its first frame is not as large as it says",
    "26, 0, its first frame holds no picture"
  })
  void refusesAnAnimationWhoseFirstFrameCannotBe(int after, byte value, String reason) {
    byte[] file = Golden.fixture("animated.webp");
    file[indexOf(file, "ANMF".getBytes(StandardCharsets.US_ASCII)) + after] = value;
    assertThatThrownBy(() -> ImageFiles.read(file, "a.webp"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAMissingFileAndAFolder(@TempDir Path folder) {
    assertThatThrownBy(() -> ImageFiles.read(folder.resolve("none.png")))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file " + folder.resolve("none.png") + ": check the path.");
    assertThatThrownBy(() -> ImageFiles.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a folder");
  }

  /// A PNG file with this size in its header and no pixels.
  private static byte[] pngHeader(int width, int height) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(PngChunk.SIGNATURE);
    byte[] header = {'I', 'H', 'D', 'R', 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0};
    ByteBuffer.wrap(header).putInt(4, width).putInt(8, height);
    for (byte[] chunk : new byte[][] {header, {'I', 'E', 'N', 'D'}}) {
      CRC32 sum = new CRC32();
      sum.update(chunk);
      file.writeBytes(ByteBuffer.allocate(4).putInt(chunk.length - 4).array());
      file.writeBytes(chunk);
      file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
    return file.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not found");
  }
}
