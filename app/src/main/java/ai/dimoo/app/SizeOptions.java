package ai.dimoo.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The size of the picture.
final class SizeOptions {

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description =
          "Width of the picture. Where it is sampled at this size, a multiple of the pixels that a"
              + " token stands for: 16 (default: the model's own size).")
  @Nullable Integer width;

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      description =
          "Height of the picture, for which the same holds (default: the model's own size).")
  @Nullable Integer height;
}
