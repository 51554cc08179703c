package ai.dimoo.image;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads PNG, JPEG and WebP pictures, writes PNG pictures with texts inside, and encodes all three.
/// All methods may be called from several threads.
///
/// A picture is read as a viewer shows it: turned as its Exif orientation says, grey and palettes
/// and CMYK as RGB, of 16 bits the upper 8, transparent parts over white, and of an animation the
/// first frame, see [Picture#frames]. Colour profiles are ignored, as the reference ignores them.
///
/// Reading throws [UserException] for a file that is missing, may not be read, is no such picture,
/// is damaged, or has more than [#MAX_PIXELS] (told by its header, before any pixel is decoded),
/// and [EnvironmentException] where memory or the disk fails.
public final class ImageFiles {

  /// Larger pictures are refused: 268 MB as RGB, the size from which Pillow warns of a
  /// "decompression bomb" (`MAX_IMAGE_PIXELS`; it refuses at twice that).
  public static final int MAX_PIXELS = 1024 * 1024 * 1024 / 4 / 3;

  /// Larger files are refused before they are read: six bytes for each of the pixels.
  private static final int MAX_BYTES = 6 * MAX_PIXELS;

  private ImageFiles() {}

  /// Reads a picture.
  public static Picture read(Path file) {
    return read(load(file), file.toString());
  }

  /// Reads a picture from the bytes of a file.
  ///
  /// @param name what messages call it
  public static Picture read(byte[] file, String name) {
    ImageHeader header = header(file, name);
    return pixels(file, name, header).onWhite().ofFrames(header.frames());
  }

  /// The size of a picture as [#read(byte[], String)] returns it, told by the file's header: no
  /// pixel is decoded.
  ///
  /// @param name what messages call it
  /// @throws UserException if it is no PNG, JPEG or WebP picture, or its header is damaged
  public static Size sizeOf(byte[] file, String name) {
    ImageHeader header = header(file, name);
    Size size = header.size();
    return header.orientation().swaps() ? new Size(size.height(), size.width()) : size;
  }

  /// Reads a mask picture of either kind: if any of it is transparent (less than half opaque), what
  /// is transparent is to be regenerated; else what is light (luminance above 127). An animation is
  /// refused: which of its frames was meant, only its maker knows.
  public static Mask readMask(Path file) {
    return readMask(load(file), file.toString());
  }

  /// Reads a mask picture, as [#readMask(Path)] does, from the bytes of a file.
  ///
  /// @param name what messages call it
  public static Mask readMask(byte[] file, String name) {
    ImageHeader header = header(file, name);
    if (header.frames() > 1) {
      throw new UserException(
          Fault.of("%s is animated, of %d frames.".formatted(name, header.frames()))
              .in("mask")
              .mend(Remedy.plain("give one picture")));
    }
    Pixels pixels = pixels(file, name, header);
    if (pixels.isWhiteStrokesOnClear()) {
      throw new UserException(
          Fault.of(
                  "%s is a clear layer with white strokes: being clear marks all but the strokes, being"
                          .formatted(name)
                      + " white marks the strokes alone.")
              .in("mask")
              .mend(Remedy.plain("make the strokes clear and the rest opaque"))
              .mend(Remedy.plain("put black behind the strokes")));
    }
    return pixels.toMask();
  }

  /// The hole in a picture: what of it is clear (less than half opaque).
  ///
  /// @param name what messages call it
  /// @return null if there is none
  public static @Nullable Mask readHole(byte[] file, String name) {
    return pixels(file, name, header(file, name)).toHole();
  }

  /// Reads a picture and the hole in it, see [#read(Path)] and [#readHole].
  public static PictureWithHole readWithHole(Path file) {
    return readWithHole(load(file), file.toString());
  }

  /// Reads a picture and the hole in it, see [#read(byte[], String)] and [#readHole].
  ///
  /// @param name what messages call it
  public static PictureWithHole readWithHole(byte[] file, String name) {
    ImageHeader header = header(file, name);
    Pixels pixels = pixels(file, name, header);
    return new PictureWithHole(pixels.onWhite().ofFrames(header.frames()), pixels.toHole());
  }

  /// The texts inside a PNG file, by keyword; empty if it has none.
  public static Map<String, String> textOf(Path file) {
    return textOf(load(file), file.toString());
  }

  /// The texts inside a PNG file, by keyword; empty if it has none.
  ///
  /// @param name what messages call it
  public static Map<String, String> textOf(byte[] file, String name) {
    ImageFormat format = formatOf(file, name);
    if (format != ImageFormat.PNG) {
      throw new UserException(
          "%s is a %s picture, which holds no settings: give a PNG that this program wrote."
              .formatted(name, format));
    }
    try {
      return PngText.of(file);
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  /// Writes a PNG file whole or not at all; an existing file is replaced.
  ///
  /// @param texts to put inside, by keyword (1 to 79 Latin-1 characters), in the map's order
  /// @throws UserException if the name ends as another format's does, the target is a folder, or
  ///   its folder is missing or not writable
  /// @throws EnvironmentException if the disk is full or fails
  public static void writePng(Path file, Picture picture, Map<String, String> texts) {
    requireWritable(file);
    WholeFile.write(file, encodePng(picture, texts));
  }

  /// The bytes of a PNG file with texts inside, as [#writePng] writes them.
  public static byte[] encodePng(Picture picture, Map<String, String> texts) {
    return PngWriter.encode(picture, texts);
  }

  /// The bytes of a JPEG file, of three colours with halved chroma. No texts are inside.
  ///
  /// @param quality 0..100, 100 is the best
  /// @throws IllegalArgumentException if the quality is out of range
  /// @throws UserException if a side is longer than the format's 65,500 pixels
  public static byte[] encodeJpeg(Picture picture, int quality) {
    return ImageEncoder.jpeg(picture, quality);
  }

  /// The bytes of a WebP file. No texts are inside.
  ///
  /// @param quality 0..100; 100 loses nothing
  /// @throws IllegalArgumentException if the quality is out of range
  /// @throws UserException if a side is longer than the format's 16,383 pixels
  /// @throws EnvironmentException if the WebP encoder does not run on this machine
  public static byte[] encodeWebp(Picture picture, int quality) {
    return ImageEncoder.webp(picture, quality);
  }

  /// Refuses a file that [#writePng] could not write: for use before long work.
  ///
  /// @throws UserException if the name ends as another format's does, the target is a folder, or
  ///   its folder is missing or not writable
  public static void requireWritable(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(jpe?g|jfif|webp|gif|bmp|tiff?|heic|avif|svg|pdf)")) {
      throw new UserException(
          "Cannot write %s: pictures are written as PNG. Give a name that ends in .png."
              .formatted(file));
    }
    WholeFile.requireWritable(file);
  }

  private static ImageHeader header(byte[] file, String name) {
    ImageFormat format = formatOf(file, name);
    try {
      return ImageHeader.of(format, file);
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  private static Pixels pixels(byte[] file, String name, ImageHeader header) {
    try {
      Size size = header.size();
      if ((long) size.width() * size.height() > MAX_PIXELS) {
        throw new UserException(
            "%s is %s pixels, more than the %d that are read: scale it down first."
                .formatted(name, size, MAX_PIXELS));
      }
      return ImageDecoder.decode(formatOf(file, name), file).turned(header.orientation());
    } catch (IOException e) {
      // ImageIO's PNG reader wraps this error
      throw e.getCause() instanceof OutOfMemoryError ? noMemory(name, e) : damaged(name, e);
    } catch (OutOfMemoryError e) {
      throw noMemory(name, e);
    }
  }

  private static EnvironmentException noMemory(String name, Throwable cause) {
    return new EnvironmentException(
        "Not enough memory to read %s: scale it down or give Java more with -Xmx.".formatted(name),
        cause);
  }

  private static ImageFormat formatOf(byte[] file, String name) {
    return ImageFormat.of(Arrays.copyOf(file, Math.min(file.length, ImageFormat.HEAD)), name);
  }

  private static UserException damaged(String name, IOException e) {
    return new UserException(
        "%s cannot be read as a picture: %s. Save or download it again, best as PNG."
            .formatted(name, WholeFile.reason(e).lines().findFirst().orElse("damaged")),
        e);
  }

  /// The bytes of a file; of one that is no picture only the first are read.
  private static byte[] load(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException("%s is a folder: give a picture.".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(ImageFormat.HEAD);
      ImageFormat.of(head, file.toString());
      byte[] rest = in.readNBytes(MAX_BYTES);
      if (rest.length == MAX_BYTES) {
        throw new UserException(
            "%s is larger than %d MB: scale the picture down first."
                .formatted(file, MAX_BYTES / 1_000_000));
      }
      byte[] all = Arrays.copyOf(head, head.length + rest.length);
      System.arraycopy(rest, 0, all, head.length, rest.length);
      return all;
    } catch (NoSuchFileException e) {
      throw new UserException("There is no file %s: check the path.".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new UserException(
          "%s may not be read: change its permissions or choose another file.".formatted(file), e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s could not be read: %s.".formatted(file, WholeFile.reason(e)), e);
    }
  }
}
