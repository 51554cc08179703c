package ai.dimoo.app;

import ai.dimoo.torch.TorchDevice;
import ai.dimoo.train.parallel.Ranks;
import ai.dimoo.train.parallel.Rendezvous;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Several processes that train together.
abstract sealed class RankOptions {

  private static final int HIGHEST_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--master",
      paramLabel = "HOST:PORT",
      description =
          "Where the processes of a training find each other: rank 0 listens there. For a network that"
              + " one trusts: it is neither encrypted nor asks for a key (default: one process).")
  private @Nullable String master;

  @Option(
      names = "--world",
      paramLabel = "N",
      description =
          "How many processes train together, each on its share of every step's examples; the same"
              + " is learned, but for rounding (default: ${DEFAULT-VALUE}).")
  private int world = 1;

  @Option(
      names = "--rank-timeout",
      paramLabel = "SECONDS",
      description =
          "How long one waits for another, to come or to answer, before it gives up; more than a sheet"
              + " of pictures takes (default: ${DEFAULT-VALUE}).")
  private int timeout = 600;

  private int rank;

  private static final String RANK =
      "Which of the processes this is, from 0. Rank 0 writes; the others need its run folder, to"
          + " read in (default: 0).";

  /// Where nothing else has a rank.
  static final class Plain extends RankOptions {

    @Option(
        names = {"--rank", "--world-rank"},
        paramLabel = "R",
        description = RANK)
    void rank(int rank) {
      super.rank = rank;
    }
  }

  /// Where `--rank` is that of an adapter.
  static final class BesideAnAdapters extends RankOptions {

    @Option(names = "--world-rank", paramLabel = "R", description = RANK)
    void rank(int rank) {
      super.rank = rank;
    }
  }

  /// Refuses what does not go together.
  void check() {
    TrainCommand.require(spec, "--world", world, 1);
    TrainCommand.require(spec, "--world-rank", rank, 0);
    TrainCommand.require(spec, "--rank-timeout", timeout, 1);
    require(
        rank < world, "--world-rank is " + rank + "; it must be below --world, which is " + world);
    require(
        world == 1 || master != null,
        "--world is " + world + "; say with --master where they meet");
    if (master != null) {
      port();
    }
  }

  private void require(boolean met, String problem) {
    if (!met) {
      throw new ParameterException(spec.commandLine(), problem + ".");
    }
  }

  private int port() {
    int colon = master.lastIndexOf(':');
    int port;
    try {
      port = Integer.parseInt(master.substring(colon + 1));
    } catch (NumberFormatException e) {
      port = 0;
    }
    require(
        colon > 0 && port > 0 && port <= HIGHEST_PORT,
        "--master is " + master + "; it must be HOST:PORT, a port from 1 to " + HIGHEST_PORT);
    return port;
  }

  /// How many there are.
  int world() {
    return world;
  }

  /// Whether this process writes.
  boolean first() {
    return rank == 0;
  }

  /// Waits for the others.
  ///
  /// @param device where is computed
  /// @return all together, the caller's to close
  Ranks join(Terminal terminal, TorchDevice device) {
    if (world == 1) {
      return Ranks.ALONE;
    }
    terminal.err().println("rank %d of %d, at %s".formatted(rank, world, master));
    String host = master.substring(0, master.lastIndexOf(':'));
    return new Rendezvous(host, port(), rank, world, Duration.ofSeconds(timeout))
        .join(device.toDevice(), terminal.stop());
  }
}
