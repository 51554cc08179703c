package ai.dimoo.app;

import ai.dimoo.CheckedModel;
import ai.dimoo.Dimoo;
import ai.dimoo.adapter.AdapterChoice;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.server.DimooServer;
import ai.dimoo.server.ServerOptions;
import ai.dimoo.server.exchange.Trust;
import ai.dimoo.server.openai.NamedAdapter;
import ai.dimoo.server.openai.OfferedAdapters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo serve`: the server.
@Command(
    name = "serve",
    description =
        "Serve a model over HTTP: a page to play with it, and an OpenAI-compatible API. Ctrl-C or"
            + " SIGTERM lets the requests under way finish, then stops.",
    footer = {
      "",
      "Example: ./dimoo serve --port 8080, then open http://127.0.0.1:8080/",
      "docs/serving.md tells how to run it for others."
    })
final class ServeCommand implements Runnable {

  /// What ending takes after the grace time: a step, and freeing the model.
  private static final Duration TO_END = Duration.ofSeconds(120);

  private static final int HIGHEST_PORT = 65_535;

  private final Terminal terminal;
  private final Map<String, String> environment;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen at; 0.0.0.0 means all addresses of this machine. Addresses that"
              + " other machines reach need --api-keys or --no-auth (default: 127.0.0.1, this"
              + " machine only).")
  private String host = ServerOptions.DEFAULT.host();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen at; 0 takes any that is free (default: 8080).")
  private int port = ServerOptions.DEFAULT.port();

  @Mixin private final AccessOptions access = new AccessOptions();

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Requests that are computed at the same time, with the same results as one after another"
              + " (default: as many as there are processors for a small model, which uses one for"
              + " each request; 1 for a large one. On a GPU always 1).")
  private @Nullable Integer batch;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description =
          "When stopped, time for the requests under way and those that wait; new ones get status"
              + " 503 meanwhile (default: 30).")
  private double grace = ServerOptions.DEFAULT.grace().toSeconds();

  @Option(
      names = "--log-prompts",
      description = "Show prompts in the access log, which goes to standard output.")
  private boolean logPrompts;

  @Option(
      names = "--allow-image-urls",
      description =
          "Fetch pictures from http and https URLs in requests; addresses of private networks are"
              + " refused (default: off, only data: URLs are taken).")
  private boolean imageUrls;

  @Option(
      names = "--no-prompt-settings",
      description =
          "Take <sd_cpp_extra_args> in prompts as words; without this its settings reach the"
              + " sampler (default: off).")
  private boolean noPromptSettings;

  @Mixin private final AdapterOptions adapters = new AdapterOptions();

  @Option(
      names = "--adapters-folder",
      paramLabel = "DIR",
      description =
          "Let every client load adapters from this folder while the server runs, and unload any"
              + " (default: none may).")
  private @Nullable Path adaptersFolder;

  @Mixin private final OpeningOptions model = new OpeningOptions();

  /// @param environment the variables of the process
  ServeCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public void run() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserException(Fault.value("port", port, "a number from 0 to " + HIGHEST_PORT));
    }
    if (batch != null && batch < 1) {
      throw new UserException("--batch is %d; give 1 or more, or leave it out.".formatted(batch));
    }
    ServerOptions options =
        ServerOptions.DEFAULT
            .withHost(host)
            .withPort(port)
            .withAccess(access.access(environment))
            .withLimits(limits.limits())
            .withGrace(LimitOptions.seconds("--grace", grace))
            .withLogPrompts(logPrompts)
            .withTrust(new Trust(imageUrls, !noPromptSettings))
            .withAdapters(offered());
    options.access().check(host);
    List<AdapterChoice> named =
        options.adapters().first().stream().map(NamedAdapter::choice).toList();
    // before the port opens; the weights are read after that, while /health answers
    try (CheckedModel checked = model.check(batch == null ? 0 : batch, named);
        DimooServer server = DimooServer.start(options, terminal.out())) {
      StopSignal stop = terminal.stop();
      stop.endsWell("finishing the requests under way", options.grace().plus(TO_END));
      stop.onStop(Thread.currentThread()::interrupt);
      serve(checked, server);
    } catch (CancellationException e) { // while the model was being loaded
      if (!terminal.stop().getAsBoolean()) {
        throw e;
      }
    }
  }

  private OfferedAdapters offered() {
    if (adaptersFolder != null && !Files.isDirectory(adaptersFolder)) {
      throw new UserException(
          "There is no folder %s: make it, or give another as --adapters-folder."
              .formatted(adaptersFolder));
    }
    return new OfferedAdapters(
        adapters.adapters(),
        adaptersFolder == null ? null : adaptersFolder.toAbsolutePath().normalize());
  }

  private void serve(CheckedModel checked, DimooServer server) {
    try (Dimoo dimoo = checked.open()) {
      dimoo.notice().ifPresent(terminal.err()::println);
      server.serve(dimoo);
      terminal
          .err()
          .printf(
              "dimoo: serving %s at http://%s:%d/%n", dimoo.model().name(), host, server.port());
      try {
        new CountDownLatch(1).await(); // until interrupted
      } catch (InterruptedException e) {
        server.close(); // before the model
      }
    }
  }
}
