package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.server.openai.NamedAdapter;
import ai.dimoo.server.openai.OfferedAdapters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which adapters requests can choose.
final class AdapterOptions {

  @Option(
      names = "--adapter",
      paramLabel = "NAME=DIR[:SCALE]",
      description =
          "Offer the model with this adapter as a model of its own, MODEL+NAME; the weights are in"
              + " memory once. May be given several times; --lora is for adapters that all requests"
              + " are to use (default: none).")
  private List<String> adapters = List.of();

  @Option(
      names = "--adapters-folder",
      paramLabel = "DIR",
      description =
          "Let every client load adapters from this folder while the server runs, and unload any"
              + " (default: none may).")
  private @Nullable Path folder;

  /// @throws UserException if one is not usable
  OfferedAdapters offered() {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UserException(
          "There is no folder %s: make it, or give another as --adapters-folder."
              .formatted(folder));
    }
    return new OfferedAdapters(
        adapters.stream().map(NamedAdapter::parse).toList(),
        folder == null ? null : folder.toAbsolutePath().normalize());
  }
}
