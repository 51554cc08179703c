package ai.dimoo.app;

import ai.dimoo.server.Access;
import ai.dimoo.server.ApiKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who may use the server.
final class AccessOptions {

  private static final String KEYS = "DIMOO_API_KEYS";

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description =
          "Ask clients for one of the keys in this file, one per line, name:key or key; the log shows"
              + " the names (default: those of the variable DIMOO_API_KEYS, separated by commas).")
  private @Nullable Path keys;

  @Option(
      names = "--no-auth",
      description = "Let anybody who reaches the server use it, whatever --host says.")
  private boolean open;

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      description =
          "Let scripts of this page use the server from a browser, such as https://example.com; *"
              + " for all pages. May be given several times (default: none but the server's own"
              + " page).")
  private List<String> origins = new ArrayList<>();

  /// @param environment the variables of the process
  /// @throws ai.dimoo.error.UserException if one is not usable
  Access access(Map<String, String> environment) {
    String list = environment.get(KEYS);
    ApiKeys given =
        keys != null
            ? ApiKeys.ofFile(keys)
            : list == null || list.isBlank() ? ApiKeys.NONE : ApiKeys.ofList(list, KEYS);
    return new Access(given, open, origins);
  }
}
