package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.request.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dimoo tour`: everything that a model can do.
@Command(
    name = "tour",
    description =
        "Have a model do every task that it was trained for, on pictures that it makes itself, and"
            + " put all on one sheet: what it was given, and at the right what it made. The list"
            + " that is printed goes through the sheet row by row, two tasks in each.",
    footer = {"", "Example: ./dimoo tour -o tour.png"})
final class TourCommand implements Runnable {

  private final Terminal terminal;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The PNG to write (default: dimoo-tour.png in this folder).")
  private Path output = Path.of("dimoo-tour.png");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every picture, 0 or more; -1 is a new one (default: 5).")
  private long seed = 5;

  @Mixin private final OpeningOptions model = new OpeningOptions();

  TourCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (seed < -1) {
      throw new UserException(Fault.value("--seed", seed, "0 or more, or -1 for a new one"));
    }
    seed = Sampling.DEFAULT.withSeed(seed).withSeedDrawn().seed();
    ImageFiles.requireWritable(output);
    terminal.stop().check();
    List<TourStop> stops = new ArrayList<>();
    try (Dimoo dimoo = model.open(null, terminal)) {
      Tour tour = new Tour(terminal, dimoo, seed, stop -> visited(stops, stop));
      tour.walk();
      if (stops.isEmpty()) {
        throw new UserException(
            "A tour begins with a picture from words, which this model was not trained"
                + " for: give another with --model.");
      }
      if (!tour.leftOut().isEmpty()) {
        terminal
            .err()
            .println(
                "note: the model was not trained for " + String.join(", ", tour.leftOut()) + ".");
      }
    }
    ImageFiles.writePng(output, TourSheet.of(stops), Map.of());
    terminal.out().println(output);
    terminal.err().println("seed " + seed);
  }

  private void visited(List<TourStop> stops, TourStop stop) {
    stops.add(stop);
    String answer = stop.answer() == null ? "" : " → " + stop.answer();
    terminal
        .out()
        .println(
            "%2d  %-20s %s%s"
                .formatted(stops.size(), stop.task(), stop.words(), answer)
                .stripTrailing());
  }
}
