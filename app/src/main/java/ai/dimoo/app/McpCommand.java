package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.error.UserException;
import ai.dimoo.server.exchange.HeapRoom;
import ai.dimoo.server.exchange.Limits;
import ai.dimoo.server.exchange.Trust;
import ai.dimoo.server.job.JobQueue;
import ai.dimoo.server.mcp.McpOverStreams;
import ai.dimoo.server.metrics.ServerMetrics;
import ai.dimoo.server.openai.OfferedAdapters;
import ai.dimoo.server.openai.ServedModel;
import ai.dimoo.server.openai.ServedModels;
import ai.dimoo.server.openai.Service;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo mcp`: the model as tools of a program that starts this one.
@Command(
    name = "mcp",
    description =
        "Offer the model as tools of the Model Context Protocol over standard input and output, for"
            + " programs such as Claude Desktop or an editor, which start this command themselves."
            + " It ends when they close its input.",
    footer = {
      "",
      "Example: in the settings of such a program, {\"mcpServers\": {\"dimoo\": {\"command\":"
          + " \"/path/to/dimoo\", \"args\": [\"mcp\"]}}}",
      "`dimoo serve` has the same tools at /mcp. docs/mcp.md tells more."
    })
final class McpCommand implements Runnable {

  /// A step under way when it is stopped, and freeing the model.
  private static final Duration TO_END = Duration.ofSeconds(120);

  private final Terminal terminal;

  @Option(
      names = "--output-folder",
      paramLabel = "FOLDER",
      description =
          "Write every picture into this folder too, as a PNG with its settings inside; answers"
              + " then name the file (default: none, pictures are kept in memory for a while).")
  private @Nullable Path folder;

  @Mixin private final AdapterOptions adapters = new AdapterOptions();

  @Mixin private final OpeningOptions model = new OpeningOptions();

  McpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UserException(
          "There is no folder %s: make it, or give another as --output-folder.".formatted(folder));
    }
    OfferedAdapters offered = new OfferedAdapters(adapters.adapters(), null);
    PrintStream out = System.out;
    System.setOut(System.err); // nothing but the protocol may be on standard output
    terminal.stop().endsWell("stopping after this step", TO_END);
    try (Dimoo dimoo = model.open(null, terminal);
        ServerMetrics metrics = new ServerMetrics();
        JobQueue queue =
            new JobQueue(
                Limits.DEFAULT.queue(),
                Limits.DEFAULT.queue(), // there is but one client
                Limits.DEFAULT.requestTime(),
                Limits.DEFAULT.retryTime(),
                metrics::ended);
        ServedModels models =
            new ServedModels(
                ServedModel.bare(
                    dimoo,
                    new Service(
                        queue, Limits.DEFAULT, metrics, HeapRoom.forPictures(), Trust.DEFAULT)))) {
      queue.atOnce(dimoo.sideBySide());
      offered.first().forEach(models::load);
      serve(new McpOverStreams(models, System.in, out, folder, this::failed));
      queue.close(); // what is under way ends before its adapter is freed
    } finally {
      System.setOut(out);
    }
  }

  /// Reading cannot be interrupted, so that a thread of its own reads.
  private void serve(McpOverStreams tools) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofPlatform()
        .name("mcp")
        .daemon(true)
        .start(() -> {
          tools.serve();
          ended.countDown();
        });
    terminal.stop().onStop(ended::countDown);
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String call, Throwable failure) {
    synchronized (terminal.err()) {
      terminal.err().println("dimoo: " + call + " failed:");
      failure.printStackTrace(terminal.err());
    }
  }
}
