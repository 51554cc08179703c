package ai.dimoo.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model computes, on what, and in which number format.
final class ModelOptions {

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of the checkpoint (default: the pocket model that comes with dimoo).")
  @Nullable Path model;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where to compute: cpu, cuda, cuda:1, mps … (default: cuda if there is one, else cpu).")
  @Nullable String device;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "Number format: bfloat16 or float32 (default: bfloat16 where the hardware has it, else"
              + " float32).")
  @Nullable String dtype;

  /// The checkpoint's folder.
  Path directory() {
    return model != null ? model : shipped();
  }

  /// The folder of the model that comes with this program; the launcher says where that is.
  static Path shipped() {
    return Path.of(System.getProperty("dimoo.home", ""), "models", "pocket");
  }
}
