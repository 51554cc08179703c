package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The picture that a command works on.
final class InputOptions {

  @Option(
      names = {"-i", "--image"},
      paramLabel = "FILE",
      required = true,
      description = "The picture to work on: PNG, JPEG or WebP.")
  @Nullable Path image;

  /// Reads it.
  ///
  /// @throws UserException if it cannot be read as a picture
  Picture read() {
    if (image == null) {
      throw new UserException("No picture: give --image FILE.");
    }
    return ImageFiles.read(image);
  }
}
