package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngWritingTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBackWithItsTexts() {
    Picture picture = Golden.picture("src_500x333.png");
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("prompt", "a cat, 猫 😀\nsecond line");
    texts.put("seed", "0");
    texts.put("empty", "");
    Path file = folder.resolve("out.png");
    ImageFiles.writePng(file, picture, texts);
    assertThat(ImageFiles.read(file)).isEqualTo(picture);
    assertThat(ImageFiles.textOf(file)).containsExactlyEntriesOf(texts);
  }

  @Test
  void otherProgramsReadIt() throws IOException {
    Picture picture = ResizeTest.noise(37, 21);
    byte[] file = ImageFiles.encodePng(picture, Map.of("seed", "7"));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 37; x++) {
        assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(picture.rgb(x, y));
      }
    }
  }

  @Test
  void smoothPicturesAreFiltered() {
    byte[] rgb = new byte[3 * 256 * 256];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % 256 / 2 + i / 3 / 256 / 3);
    }
    byte[] file = ImageFiles.encodePng(Picture.of(256, 256, rgb), Map.of());
    assertThat(file.length).isLessThan(4_000);
    assertThat(ImageFiles.read(file, "smooth").toBytes()).isEqualTo(rgb);
  }

  @Test
  void readsTheTextsOfPillow() {
    Map<String, String> texts = ImageFiles.textOf(Golden.fixture("text.png"), "text.png");
    assertThat(texts)
        .containsEntry("title", "café")
        .containsEntry("prompt", "a cat 猫 😀")
        .containsEntry("long", "yes ".repeat(200))
        .containsEntry("zipped", "no ".repeat(100));
  }

  @Test
  void packedTextsAreLimitedTogether() throws IOException {
    byte[] plain = ImageFiles.encodePng(ResizeTest.noise(3, 3), Map.of());
    int end = plain.length - 12; // IEND
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("zTXtbomb\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(text)) {
      deflater.write(new byte[1_000_000]);
    }
    CRC32 sum = new CRC32();
    sum.update(text.toByteArray());
    ByteBuffer chunk = ByteBuffer.allocate(4 + text.size() + 4);
    chunk.putInt(text.size() - 4).put(text.toByteArray()).putInt((int) sum.getValue());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, end);
    for (int i = 0; i < 5; i++) {
      file.writeBytes(chunk.array());
    }
    file.write(plain, end, 12);
    assertThatThrownBy(() -> ImageFiles.textOf(file.toByteArray(), "bomb.png"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bomb.png")
        .hasMessageContaining("packed texts");
  }

  @Test
  void onlyPngHoldsTexts() {
    assertThatThrownBy(() -> ImageFiles.textOf(Golden.fixture("colour.jpg"), "colour.jpg"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("colour.jpg is a JPEG picture");
    assertThat(ImageFiles.textOf(Golden.fixture("rgb.png"), "rgb.png")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a  b", "a\tb", "猫"})
  void refusesKeywordsThatPngDoesNotAllow(String keyword) {
    Picture picture = ResizeTest.noise(1, 1);
    assertThatThrownBy(() -> ImageFiles.encodePng(picture, Map.of(keyword, "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("out.png"), "old");
    ImageFiles.writePng(file, ResizeTest.noise(3, 3), Map.of());
    assertThat(ImageFiles.read(file)).isEqualTo(ResizeTest.noise(3, 3));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void followsALink() throws IOException {
    Path file = Files.writeString(folder.resolve("real.png"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), file);
    ImageFiles.writePng(link, ResizeTest.noise(3, 3), Map.of());
    assertThat(link).isSymbolicLink();
    assertThat(ImageFiles.read(file)).isEqualTo(ResizeTest.noise(3, 3));
  }

  @Test
  void refusesAMissingFolderAFolderAndAnotherFormat() {
    Picture picture = ResizeTest.noise(1, 1);
    Path lost = folder.resolve("none").resolve("out.png");
    assertThatThrownBy(() -> ImageFiles.writePng(lost, picture, Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no folder " + lost.getParent());
    assertThatThrownBy(() -> ImageFiles.writePng(folder, picture, Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> ImageFiles.requireWritable(folder.resolve("out.JPG")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("written as PNG");
  }

  @Test
  void aFullDiskIsOneLine() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    assertThatThrownBy(() -> ImageFiles.writePng(full, ResizeTest.noise(9, 9), Map.of()))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Cannot write /dev/full: the disk is full.");
  }

  @Test
  void noPermissionIsOneLine() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(closed), "this user may write everywhere");
    assertThatThrownBy(
            () -> ImageFiles.writePng(closed.resolve("a.png"), ResizeTest.noise(1, 1), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no permission");
  }
}
