package ai.dimoo.app;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The checkpoint of which a command writes a changed copy.
final class CopiedModel {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A checkpoint's folder, or the name of one that `dimoo download` fetched. It stays as it"
              + " is.")
  private String model = "";

  /// Where it lies.
  Path directory() {
    return OpeningOptions.locate(model);
  }
}
