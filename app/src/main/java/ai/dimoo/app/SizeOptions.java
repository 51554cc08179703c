package ai.dimoo.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The size of the picture.
final class SizeOptions {

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description =
          "Width of the picture, a multiple of 16 pixels (default: the model's own size).")
  @Nullable Integer width;

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      description =
          "Height of the picture, a multiple of 16 pixels (default: the model's own size).")
  @Nullable Integer height;
}
