package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.error.UserException;
import ai.dimoo.image.SquaredError;
import ai.dimoo.train.worlds.pictograms.evaluation.TrialRunner.Ran;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntConsumer;

/// Asks two models the same with the same seeds, or one model sampled in two ways, so that the
/// difference of their scores is not hidden by what prompts and seeds make of both.
///
/// @param first how the first samples
/// @param second how the second samples; all else as in the first
/// @param pairs of trials in all suites together, spread evenly over the suites and over the rows
///   of each. Where a row has fewer trials than are wanted, it is asked again with other seeds
public record PairedEvaluation(Setting first, Setting second, int pairs) {

  /// By how much the seeds of a trial that is asked again grow; more than any suite has seeds.
  private static final int SEEDS = 10_000;

  /// Pairs that run side by side before the other model has its turn: several for each processor.
  private static final int TOGETHER = 8;

  private record Pair(Trial first, Trial second) {}

  public PairedEvaluation {
    if (pairs < 1) {
      throw new IllegalArgumentException(pairs + " pairs; expected 1 at least");
    }
  }

  /// @throws UserException if a suite has no shares that could be compared
  public static void requireShares(List<Suite> suites) {
    for (Suite suite : suites) {
      if (suite instanceof VarietySuite || suite instanceof SweepSuite) {
        throw new UserException(
            "The suite %s does not ask for right or wrong of one way to sample, so that its scores cannot be paired: choose another."
                .formatted(suite.name()));
      }
    }
  }

  /// Asks.
  ///
  /// @param suites at least one, all with shares
  /// @param progress told after some pairs: how many are done
  public PairedScores run(List<Suite> suites, Pupil a, Pupil b, IntConsumer progress) {
    requireShares(suites);
    TrialRunner one = new TrialRunner(a, a.sideBySide());
    TrialRunner other = new TrialRunner(b, b.sideBySide());
    Tally tally = new Tally();
    int done = 0;
    for (int i = 0; i < suites.size(); i++) {
      List<Pair> all = pairs(suites.get(i), share(i, suites.size(), pairs));
      for (int from = 0; from < all.size(); from += TOGETHER) {
        List<Pair> some = all.subList(from, Math.min(from + TOGETHER, all.size()));
        List<Ran> ofFirst = new ArrayList<>();
        one.run(some.stream().map(Pair::first).toList(), ofFirst::add);
        List<Ran> ofSecond = new ArrayList<>();
        other.run(some.stream().map(Pair::second).toList(), ofSecond::add);
        for (int k = 0; k < some.size(); k++) {
          tally.add(suites.get(i), ofFirst.get(k), ofSecond.get(k));
        }
        done += some.size();
        progress.accept(done);
      }
    }
    return tally.scores(one.medianSeconds(), other.medianSeconds());
  }

  /// What is counted while pairs are asked.
  private static final class Tally {
    private final SequencedMap<String, List<double[]>> scores = new LinkedHashMap<>();
    private SquaredError error = SquaredError.NONE;
    private int pictures;
    private int equal;

    void add(Suite suite, Ran first, Ran second) {
      List<Score> ofFirst = shares(first.outcome());
      List<Score> ofSecond = shares(second.outcome());
      for (int i = 0; i < ofFirst.size(); i++) {
        scores
            .computeIfAbsent(suite.name() + ": " + ofFirst.get(i).row(), row -> new ArrayList<>())
            .add(new double[] {ofFirst.get(i).value(), ofSecond.get(i).value()});
      }
      if (first.picture() != null && second.picture() != null) {
        SquaredError squares = SquaredError.of(first.picture(), second.picture());
        error = error.plus(squares);
        equal += squares.sum() == 0 ? 1 : 0;
        pictures++;
      }
    }

    PairedScores scores(double firstSeconds, double secondSeconds) {
      List<PairedScores.Row> rows =
          scores.entrySet().stream()
              .map(entry -> PairedScores.Row.of(entry.getKey(), entry.getValue()))
              .toList();
      List<double[]> all = scores.values().stream().flatMap(List::stream).toList();
      return new PairedScores(
          rows,
          PairedScores.Row.of("all", all),
          pictures,
          equal,
          error,
          firstSeconds,
          secondSeconds);
    }
  }

  private static List<Score> shares(Outcome outcome) {
    return outcome.scores().stream().filter(score -> score.unit() == Unit.SHARE).toList();
  }

  /// What falls to one of several where a number is divided among them.
  private static int share(int index, int parts, int whole) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }

  private List<Pair> pairs(Suite suite, int wanted) {
    List<Pair> pairs = new ArrayList<>();
    for (int lap = 0; pairs.size() < wanted; lap++) {
      List<List<Pair>> rows = rows(suite, (long) lap * SEEDS);
      for (int i = 0; i < rows.size(); i++) {
        int left = share(i, rows.size(), wanted) - lap * rows.get(i).size();
        pairs.addAll(Evaluation.evenly(rows.get(i), Math.max(0, left)));
      }
    }
    return pairs;
  }

  private List<List<Pair>> rows(Suite suite, long seeds) {
    List<Trial> ofFirst = suite.trials(first.later(seeds));
    List<Trial> ofSecond = suite.trials(second.later(seeds));
    SequencedMap<String, List<Pair>> rows = new LinkedHashMap<>();
    for (int i = 0; i < ofFirst.size(); i++) {
      rows.computeIfAbsent(ofFirst.get(i).row(), row -> new ArrayList<>())
          .add(new Pair(ofFirst.get(i), ofSecond.get(i)));
    }
    return List.copyOf(rows.values());
  }
}
