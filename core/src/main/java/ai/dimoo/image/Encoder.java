package ai.dimoo.image;

import ai.dimoo.error.EnvironmentException;
import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Encodes pictures as JPEG and WebP through ImageIO. PNG has a writer of its own, because of the
/// texts inside.
final class Encoder {

  private static final float BEST = 100;

  private Encoder() {}

  /// @param quality 0..100
  static byte[] jpeg(Picture picture, int quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(quality / BEST);
    return write(writer, settings, picture);
  }

  /// @param quality 0..100; 100 loses nothing
  static byte[] webp(Picture picture, int quality) {
    try {
      ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
      WebPWriteParam settings = new WebPWriteParam(Locale.ROOT);
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionType(
          quality == BEST ? CompressionType.Lossless : CompressionType.Lossy);
      settings.setCompressionQuality(quality / BEST);
      return write(writer, settings, picture);
    } catch (LinkageError e) {
      throw new EnvironmentException(
          "The WebP encoder does not run on this machine (%s): ask for PNG or JPEG."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static byte[] write(ImageWriter writer, ImageWriteParam settings, Picture picture) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(picture), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = picture.toBytes();
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int i = 3 * (y * picture.width() + x);
        image.setRGB(x, y, (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff);
      }
    }
    return image;
  }
}
