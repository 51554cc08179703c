package ai.dimoo.app;

import ai.dimoo.hub.HubDownload;
import ai.dimoo.hub.HubSettings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo download`: fetches a checkpoint from the Hugging Face hub into the usual cache.
@Command(
    name = "download",
    description =
        "Fetch a checkpoint from the Hugging Face hub into its usual cache and print the folder. Goes"
            + " on where an earlier run stopped, and checks size and hash of every file.",
    footer = {
      "",
      "Environment: HF_TOKEN (for private repositories), HF_ENDPOINT (another hub), HF_HOME or"
          + " HF_HUB_CACHE (where the cache is), HF_HUB_OFFLINE=1 (only look in the cache),"
          + " HTTPS_PROXY, HTTP_PROXY and NO_PROXY (proxies, as http://NAME:PASSWORD@HOST:PORT)."
    })
final class DownloadCommand implements Runnable {

  /// The published checkpoint, 17 GB.
  private static final String PUBLISHED = "Alpha-VLLM/Lumina-DiMOO";

  private final Terminal terminal;
  private final Map<String, String> environment;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REPO",
      defaultValue = PUBLISHED,
      description = "The repository as organisation/name (default: " + PUBLISHED + ", 17 GB).")
  private String repository = PUBLISHED;

  @Option(
      names = "--revision",
      paramLabel = "REV",
      defaultValue = "main",
      description = "Branch, tag or commit (default: main).")
  private String revision = "main";

  DownloadCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public void run() {
    Thread download = Thread.currentThread();
    terminal.stop().onStop(download::interrupt); // it may be waiting for a silent connection
    HubSettings settings = HubSettings.fromEnvironment(environment);
    try (DownloadProgress progress = new DownloadProgress(terminal)) {
      Path folder =
          HubDownload.of(repository, settings).revision(revision).listener(progress).run();
      terminal.out().println(folder);
    }
  }
}
