package ai.dimoo.server;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/// Pictures that tests send.
public final class TestPictures {

  private TestPictures() {}

  /// A PNG of one colour.
  public static byte[] png(int width, int height, int rgb) {
    return ImageFiles.encodePng(Picture.filled(new Size(width, height), rgb), Map.of());
  }

  /// A PNG of 128x128 pixels, as the pocket model makes them.
  public static byte[] png() {
    return png(128, 128, 0x3366cc);
  }

  /// The size of the picture in a file.
  public static Size size(Path file) {
    return ImageFiles.read(file).size();
  }

  /// A PNG of a few bytes and 128 rows whose header promises another width.
  public static byte[] claiming(int width) {
    byte[] file = png();
    ByteBuffer header = ByteBuffer.wrap(file);
    header.putInt(16, width); // signature 8, length 4, type 4, then width, height, 5 more: 13
    CRC32 sum = new CRC32();
    sum.update(file, 12, 4 + 13);
    header.putInt(29, (int) sum.getValue());
    return file;
  }

  /// A mask of 128x128 pixels, of which the left half is transparent.
  public static byte[] mask() {
    BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 128; y++) {
      for (int x = 64; x < 128; x++) {
        image.setRGB(x, y, 0xff000000);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /// A `data:` URL.
  public static String url(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  /// The file in Base64.
  public static byte[] file(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  /// The picture in Base64.
  public static Picture picture(String base64) {
    return ImageFiles.read(file(base64), "answer");
  }
}
