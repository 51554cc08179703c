package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.train.bench.Bench;
import ai.dimoo.train.bench.BenchListener;
import ai.dimoo.train.bench.BenchResult;
import ai.dimoo.train.bench.BenchSettings;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo bench`: measures what drawing a picture costs on this machine.
@Command(
    name = "bench",
    description =
        "Measure what a step of text-to-image costs on this machine: seconds, tokens a second,"
            + " memory, with and without the cache; and each part of a forward pass beside what the"
            + " reference computes for it. Medians, warm-up excluded. With --ladder, every way to"
            + " sample: each number format, the cache, each speed.")
final class BenchCommand implements Runnable {

  private static final int STEPS = 10;
  private static final int REPEATS = 3;

  private final Terminal terminal;

  @Mixin private BenchSubjectOptions subject = new BenchSubjectOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Denoising steps of each run (default: " + STEPS + ").")
  private int steps = STEPS;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Times that everything is measured (default: " + REPEATS + ").")
  private int repeats = REPEATS;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Also write the figures to this file, as JSON; `-` prints JSON in place of the table"
              + " (default: the table alone).")
  private @Nullable String json;

  @Mixin private LadderOptions ladder = new LadderOptions();

  @Mixin private AdapterBenchOptions adapter = new AdapterBenchOptions();

  @Mixin private WriteCheckpointOption checkpoint = new WriteCheckpointOption();

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    long modes =
        Stream.of(ladder.asked(), adapter.asked(), checkpoint.asked())
            .filter(Boolean::booleanValue)
            .count();
    if (modes > 1) {
      throw new UserException(
          "--ladder or --baseline, --adapter and --write-checkpoint each do something else: choose"
              + " one.");
    }
    if (json != null && (adapter.asked() || checkpoint.asked())) {
      throw new UserException(
          "--adapter and --write-checkpoint have no figures as JSON: leave out --json.");
    }
    if (checkpoint.asked()) {
      checkpoint.write(subject, terminal);
    } else if (adapter.asked()) {
      adapter.measure(subject, steps, listener(), terminal.out());
    } else {
      measure(new BenchSettings(subject.options(), steps, repeats));
    }
  }

  private void measure(BenchSettings settings) {
    Figures figures = Figures.to(json);
    if (ladder.asked()) {
      ladder.measure(subject.subject(), settings, listener(), figures, terminal.out());
      return;
    }
    BenchResult result = Bench.run(subject.subject(), settings, listener());
    figures.write(terminal.out(), result.toJson(), out -> BenchTable.print(result, out));
  }

  private BenchListener listener() {
    return new BenchListener() {
      @Override
      public void onPhase(String phase) {
        terminal.err().println("measuring: " + phase);
      }

      @Override
      public void onWork() {
        terminal.stop().check();
      }
    };
  }
}
