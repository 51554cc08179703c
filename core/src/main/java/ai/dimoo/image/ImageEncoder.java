package ai.dimoo.image;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Encodes pictures as JPEG and WebP through ImageIO. For PNG there is [PngWriter].
final class ImageEncoder {

  private static final float PERCENT = 100;
  private static final int LONGEST_JPEG = 65_500;
  private static final int LONGEST_WEBP = 16_383;

  private ImageEncoder() {}

  /// @param quality 0..100
  /// @throws UserException if a side is too long for the format
  static byte[] jpeg(Picture picture, int quality) {
    requireSides(picture, LONGEST_JPEG, "JPEG");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(share(quality));
    return write(writer, param, picture);
  }

  /// @param quality 0..100; 100 loses nothing
  /// @throws UserException if a side is too long for the format
  /// @throws EnvironmentException if the WebP encoder does not run on this machine
  static byte[] webp(Picture picture, int quality) {
    requireSides(picture, LONGEST_WEBP, "WebP");
    try {
      WebpLibrary.load();
      ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
      WebPWriteParam param = new WebPWriteParam(Locale.ROOT);
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(
          quality == PERCENT ? CompressionType.Lossless : CompressionType.Lossy);
      param.setCompressionQuality(share(quality));
      return write(writer, param, picture);
    } catch (LinkageError e) {
      throw new EnvironmentException(
          "The WebP encoder does not run on this machine (%s): take PNG or JPEG."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void requireSides(Picture picture, int longest, String format) {
    if (Math.max(picture.width(), picture.height()) > longest) {
      throw new UserException(
          "A picture of %s is too long for %s, whose sides have at most %d pixels: take PNG."
              .formatted(picture.size(), format, longest));
    }
  }

  private static float share(int quality) {
    if (quality < 0 || quality > PERCENT) {
      throw new IllegalArgumentException("quality " + quality + " is not within 0..100");
    }
    return quality / PERCENT;
  }

  private static byte[] write(ImageWriter writer, ImageWriteParam param, Picture picture) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(picture), null, null), param);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("encoding into memory failed", e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] rgb = picture.bytes();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }
}
