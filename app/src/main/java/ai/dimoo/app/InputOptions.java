package ai.dimoo.app;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The picture that a command works on.
final class InputOptions {

  @Option(
      names = {"-i", "--image"},
      paramLabel = "FILE",
      required = true,
      description = "The picture to work on: PNG, JPEG or WebP; - is standard input.")
  @Nullable Path image;

  /// The file.
  ///
  /// @throws UserException if there is none
  InputFile file() {
    if (image == null) {
      throw new UserException("No picture: give --image FILE.");
    }
    return new InputFile(image);
  }
}
