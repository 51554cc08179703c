package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where pictures go.
final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The PNG to write, with prompt, seed and settings inside; - is standard output (default:"
              + " dimoo-SEED.png in this folder).")
  @Nullable Path output;

  @Option(
      names = "--preview",
      paramLabel = "FILE",
      description = "Also write the forming picture to this PNG as the steps go by (default: off).")
  @Nullable Path preview;

  /// The file to write.
  Path output(long seed) {
    return output != null ? output : Path.of("dimoo-" + seed + ".png");
  }

  /// Refuses files that could not be written.
  void requireWritable() {
    if (!InputFile.isStream(output(0))) {
      ImageFiles.requireWritable(output(0));
    }
    if (preview != null) {
      if (InputFile.isStream(preview)) {
        throw new UserException("--preview needs a file, which is written again at each step.");
      }
      ImageFiles.requireWritable(preview);
    }
  }
}
