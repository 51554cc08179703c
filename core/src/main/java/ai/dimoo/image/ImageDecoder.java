package ai.dimoo.image;

import ai.dimoo.error.EnvironmentException;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Decodes files through ImageIO and takes the samples as they are stored. `BufferedImage.getRGB`
/// is of no use here: it would convert colours by profiles and brighten grey pictures.
final class ImageDecoder {

  private static final int SMALL = 1 << 24; // pixels, of which each takes seven bytes

  private ImageDecoder() {}

  /// @throws IOException if the file cannot be decoded; the message completes "it is damaged"
  /// @throws EnvironmentException if the WebP decoder does not run on this machine
  static Pixels decode(ImageFormat format, byte[] file) throws IOException {
    WebpFrame frame = format == ImageFormat.WEBP ? WebpFrame.first(file) : null;
    return frame == null
        ? still(format, file)
        : still(format, frame.still()).on(frame.canvas(), frame.box());
  }

  private static Pixels still(ImageFormat format, byte[] file) throws IOException {
    byte[] plain = format == ImageFormat.JPEG ? JpegSegment.withoutColourProfile(file) : file;
    ImageReader reader = reader(format);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(plain))) {
      @Nullable String[] truncation = new String[1];
      reader.addIIOReadWarningListener((source, warning) -> {
        if (warning.contains("Truncated") || warning.contains("premature end")) {
          truncation[0] = "the file ends early";
          source.abort();
        }
      });
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      if (truncation[0] != null) {
        throw new IIOException(truncation[0]);
      }
      return samples(image);
    } catch (LinkageError e) {
      throw new EnvironmentException(
          "The WebP decoder does not run on this machine (%s): convert the picture to PNG."
              .formatted(e.getMessage()),
          e);
    } catch (OutOfMemoryError e) {
      // libwebp says so of some damaged files, too, and gives no reason
      if (format == ImageFormat.WEBP && e.getMessage() == null && isSmall(file)) {
        throw new IIOException("it cannot be decoded", e.getCause());
      }
      throw e;
    } catch (RuntimeException e) {
      // ImageIO's readers answer some malformed files with whatever their arithmetic runs into
      throw new IIOException("it cannot be decoded", e);
    } finally {
      reader.dispose();
    }
  }

  /// Whether a picture takes little memory by its header.
  private static boolean isSmall(byte[] file) throws IIOException {
    Size size = ImageHeader.of(ImageFormat.WEBP, file).size();
    return (long) size.width() * size.height() < SMALL;
  }

  private static ImageReader reader(ImageFormat format) throws IOException {
    return switch (format) {
      case PNG -> ImageIO.getImageReadersByFormatName("png").next();
      case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
      case WEBP -> {
        WebpLibrary.load();
        yield new WebPImageReaderSpi().createReaderInstance(null);
      }
    };
  }

  private static Pixels samples(BufferedImage image) throws IIOException {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    byte[] alpha = image.getColorModel().hasAlpha() ? new byte[width * height] : null;
    Row row = rowOf(image);
    int[] samples = new int[width * image.getRaster().getNumBands()];
    for (int y = 0; y < height; y++) {
      image.getRaster().getPixels(0, y, width, 1, samples);
      row.copy(samples, rgb, alpha, y * width, width);
    }
    return new Pixels(new Size(width, height), rgb, alpha);
  }

  /// Copies a row of samples to the pixels from `first` on.
  @FunctionalInterface
  private interface Row {
    void copy(int[] samples, byte[] rgb, byte @Nullable [] alpha, int first, int count);
  }

  private static Row rowOf(BufferedImage image) throws IIOException {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return (samples, rgb, alpha, first, count) -> {
        for (int i = 0; i < count; i++) {
          int colour = palette.getRGB(samples[i]);
          put(rgb, first + i, colour >> 16, colour >> 8, colour);
          if (alpha != null) {
            alpha[first + i] = (byte) (colour >> 24);
          }
        }
      };
    }
    int bands = raster.getNumBands();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8); // 16 bits: the high byte
    if (bands == 4 && !image.getColorModel().hasAlpha()) {
      return ImageDecoder::copyCmyk;
    }
    if (bands > 4) {
      throw new IIOException("it has " + bands + " channels, more than colour and opacity");
    }
    int green = bands >= 3 ? 1 : 0;
    int blue = bands >= 3 ? 2 : 0;
    return (samples, rgb, alpha, first, count) -> {
      for (int i = 0; i < count; i++) {
        int s = i * bands;
        put(
            rgb,
            first + i,
            samples[s] >> shift,
            samples[s + green] >> shift,
            samples[s + blue] >> shift);
        if (alpha != null) {
          alpha[first + i] = (byte) (samples[s + bands - 1] >> shift);
        }
      }
    };
  }

  /// Cyan, magenta, yellow, black, 255 for full ink, to red, green, blue as Pillow does it.
  private static void copyCmyk(
      int[] samples, byte[] rgb, byte @Nullable [] alpha, int first, int count) {
    for (int i = 0; i < count; i++) {
      int light = 255 - samples[4 * i + 3];
      put(
          rgb,
          first + i,
          light - share(samples[4 * i], light),
          light - share(samples[4 * i + 1], light),
          light - share(samples[4 * i + 2], light));
    }
  }

  /// a · b / 255, rounded.
  private static int share(int a, int b) {
    return (a * b + 127) / 255;
  }

  private static void put(byte[] rgb, int pixel, int red, int green, int blue) {
    rgb[3 * pixel] = (byte) red;
    rgb[3 * pixel + 1] = (byte) green;
    rgb[3 * pixel + 2] = (byte) blue;
  }
}
