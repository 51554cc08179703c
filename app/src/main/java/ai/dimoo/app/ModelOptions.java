package ai.dimoo.app;

import ai.dimoo.checkpoint.HubCache;
import ai.dimoo.checkpoint.HubSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model computes, on what, and in which number format.
final class ModelOptions {

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A checkpoint's folder, or the name of one that `dimoo download` fetched, such as"
              + " Alpha-VLLM/Lumina-DiMOO (default: the pocket model that comes with dimoo).")
  @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Where to compute: cpu, cuda, cuda:1 or mps (default: cuda if there is one, else cpu).")
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
    return locate(model);
  }

  /// The folder of the model that is called so; null stands for the one that comes with this
  /// program, and the launcher says where that is.
  static Path locate(@Nullable String model) {
    return model == null
        ? Path.of(System.getProperty("dimoo.home", ""), "models", "pocket")
        : new HubCache(HubSettings.fromEnvironment(System.getenv()).cache()).locate(model);
  }
}
