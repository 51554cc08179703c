package ai.dimoo.app;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.FileFaults;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Mask;
import ai.dimoo.image.Picture;
import ai.dimoo.image.PictureWithHole;
import ai.dimoo.request.PictureCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file that an option names, or standard input where it says `-`. Not thread-safe.
final class InputFile {

  private static final Path STANDARD_INPUT = Path.of("-");

  private final Path path;
  private byte @Nullable [] bytes;
  private @Nullable PictureWithHole decoded;

  InputFile(Path path) {
    this.path = path;
  }

  /// Whether an option's value stands for a stream.
  static boolean isStream(Path path) {
    return path.equals(STANDARD_INPUT);
  }

  /// @throws UserException if it is no picture
  Picture picture() {
    return decoded().picture();
  }

  /// @throws UserException if it is no picture
  Mask mask() {
    return isStream(path) ? ImageFiles.readMask(bytes(), name()) : ImageFiles.readMask(path);
  }

  /// What of the picture is clear; null: nothing.
  @Nullable Mask hole() {
    return decoded().hole();
  }

  private PictureWithHole decoded() {
    if (decoded == null) {
      decoded =
          isStream(path) ? ImageFiles.readWithHole(bytes(), name()) : ImageFiles.readWithHole(path);
    }
    return decoded;
  }

  /// The codes in it, if it is the picture's file.
  @Nullable PictureCodes codes(Picture picture) {
    return isStream(path) ? PictureCodes.in(bytes(), picture) : PictureCodes.in(path, picture);
  }

  /// The texts in it.
  ///
  /// @throws UserException if it is no PNG
  Map<String, String> texts() {
    return isStream(path) ? ImageFiles.textOf(bytes(), name()) : ImageFiles.textOf(path);
  }

  /// What messages call it.
  String name() {
    return isStream(path) ? "standard input" : path.toString();
  }

  private byte[] bytes() {
    if (bytes == null) {
      try {
        bytes = System.in.readNBytes(Integer.MAX_VALUE - Long.BYTES);
      } catch (IOException e) {
        throw new EnvironmentException(
            "Cannot read standard input: " + FileFaults.reason(e) + ".", e);
      }
      if (bytes.length == 0) {
        throw new UserException(
            "Standard input is empty: a PNG, JPEG or WebP picture is expected, for one option"
                + " only.");
      }
    }
    return bytes;
  }
}
