package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.checkpoint.Checkpoint;
import ai.dimoo.error.UserException;
import ai.dimoo.request.Sampling;
import ai.dimoo.request.SamplingKind;
import ai.dimoo.request.SamplingTable;
import ai.dimoo.train.worlds.pictograms.evaluation.Evaluation;
import ai.dimoo.train.worlds.pictograms.evaluation.Suites;
import ai.dimoo.train.worlds.pictograms.scene.HeldOutList;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dimoo evaluate`: scores a model of the world of pictograms.
@Command(
    name = "evaluate",
    description =
        "Score a model of the world of pictograms on combinations that training never saw, and print"
            + " a table for each suite: names, geneval, edit, subject, style, control, dense,"
            + " inpaint, outpaint, retouch, views, understand, people, chain, variety, reconstruct,"
            + " sweep, sweep_edit (default: those for which it was trained, but the sweeps).")
final class EvaluateCommand implements Runnable {

  private final Terminal terminal;

  @Parameters(
      paramLabel = "SUITE",
      arity = "0..*",
      description = "What is asked, such as names or geneval.")
  private List<String> suites = List.of();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "The most trials of a row, 1 or more (default: all).")
  private @Nullable Integer trials;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Add the scores to FILE, in place of those of the same suites, such"
              + " as models/pocket/scores.json (default: none).")
  private @Nullable Path json;

  @Option(
      names = "--sheets",
      paramLabel = "DIR",
      description =
          "Write a sheet of each suite into DIR (input, output, truth) and"
              + " NAME.tsv, a line for each trial"
              + " (default: none).")
  private @Nullable Path sheets;

  @Option(
      names = "--what-is-held-out",
      description = "Print what training never sees, a line each, and end.")
  private boolean whatIsHeldOut;

  @Mixin private final OpeningOptions model = new OpeningOptions();

  @Mixin
  private final SamplingOptions sampling =
      new SamplingOptions(SamplingKind.PICTURE, SamplingTable.SEED);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the first picture of each category; those after it have the numbers that follow"
              + " (default: 0).")
  private long seed;

  @Option(
      names = "--seen",
      description =
          "Ask for combinations that training did show instead, which tells drawing from"
              + " composing.")
  private boolean seen;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (whatIsHeldOut) {
      HeldOutList.of(Split.HELD_OUT)
          .forEach((rule, entries) ->
              entries.forEach(entry -> terminal.out().println(rule + "\t" + entry)));
      terminal.out().flush();
      return;
    }
    PictogramsScores scores = scores();
    try (Dimoo dimoo = model.open(null, terminal);
        Checkpoint checkpoint = Checkpoint.open(model.directory())) {
      scores.run(terminal, dimoo, checkpoint);
    }
  }

  private PictogramsScores scores() {
    RepeatedSeed.require(seed);
    if (trials != null && trials < 1) {
      throw new UserException("--trials is %d, expected 1 or more.".formatted(trials));
    }
    return new PictogramsScores(
        suites.stream().map(Suites::named).toList(),
        trials == null ? Evaluation.ALL : trials,
        seen ? Split.TRAINING : Split.HELD_OUT,
        sampling.sampling(Sampling.DEFAULT).withSeed(seed),
        json,
        sheets);
  }
}
