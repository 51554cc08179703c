package ai.dimoo.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an answer is sampled. An option that is not given is null, and the model's default holds.
final class TextOptions {

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Denoising steps for the whole answer, a multiple of the number of blocks (default: the"
              + " model's; 128 for Lumina-DiMOO).")
  @Nullable Integer steps;

  @Option(
      names = "--gen-length",
      paramLabel = "TOKENS",
      description =
          "Room for the answer, a multiple of the block length (default: the model's;"
              + " 1024 for Lumina-DiMOO).")
  @Nullable Integer genLength;

  @Option(
      names = "--block-length",
      paramLabel = "TOKENS",
      description =
          "The answer is written in blocks of this many tokens, from left to right (default: the"
              + " model's; 256 for Lumina-DiMOO).")
  @Nullable Integer blockLength;

  /// Whether anything is given.
  boolean given() {
    return steps != null || genLength != null || blockLength != null;
  }
}
