package ai.dimoo.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model computes, on what, and in which number format.
final class ModelOptions {

  /// Where the launcher is; the shipped model lies beside it.
  static final String HOME_PROPERTY = "dimoo.home";

  /// The model that is shipped with this program.
  static final Path SHIPPED = Path.of("models", "pocket");

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
    return model != null ? model : Path.of(System.getProperty(HOME_PROPERTY, "")).resolve(SHIPPED);
  }
}
