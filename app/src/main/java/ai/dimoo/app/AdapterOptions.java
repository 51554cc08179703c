package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.server.openai.NamedAdapter;
import java.util.List;
import picocli.CommandLine.Option;

/// Which adapters requests can choose.
final class AdapterOptions {

  @Option(
      names = "--adapter",
      paramLabel = "NAME=DIR[:SCALE]",
      description =
          "Let requests choose this adapter by its name, over HTTP as the model MODEL+NAME; the"
              + " weights are in memory once. May be given several times; --lora is for adapters that"
              + " all requests are to use (default: none).")
  private List<String> adapters = List.of();

  /// @throws UserException if one is not usable
  List<NamedAdapter> adapters() {
    return adapters.stream().map(NamedAdapter::parse).toList();
  }
}
