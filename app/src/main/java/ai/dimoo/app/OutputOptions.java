package ai.dimoo.app;

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
          "The PNG to write, with prompt, seed and settings inside (default: dimoo-SEED.png in this"
              + " folder).")
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
    ImageFiles.requireWritable(output(0));
    if (preview != null) {
      ImageFiles.requireWritable(preview);
    }
  }
}
