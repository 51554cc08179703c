package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.server.DimooServer;
import ai.dimoo.server.Limits;
import ai.dimoo.server.ServerOptions;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo serve`: the server.
@Command(
    name = "serve",
    description =
        "Serve a model over HTTP: a page to play with it, and the APIs of OpenAI that people's clients"
            + " speak. Ctrl-C or SIGTERM lets the running requests finish, then stops.",
    footer = {"", "Example: ./dimoo serve --port 8080, then open http://127.0.0.1:8080/"})
final class ServeCommand implements Runnable {

  private final Terminal terminal;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen at (default: 127.0.0.1, this machine only).")
  private String host = ServerOptions.DEFAULT.host();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen at; 0 takes any that is free (default: 8080).")
  private int port = ServerOptions.DEFAULT.port();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Requests that may wait for the engine; more get status 429 (default: 32).")
  private int queue = Limits.DEFAULT.queue();

  @Mixin private final ModelOptions model = new ModelOptions();

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    ServerOptions options =
        new ServerOptions(
            host, port, Limits.DEFAULT.withQueue(queue), ServerOptions.DEFAULT.grace());
    CountDownLatch stop = new CountDownLatch(1);
    terminal.stop().onStop(stop::countDown);
    try (Dimoo dimoo = model.open(null);
        DimooServer server = DimooServer.start(dimoo, options, terminal.out())) {
      terminal
          .err()
          .printf("dimoo: serving %s at http://%s:%d%n", dimoo.model().name(), host, server.port());
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
