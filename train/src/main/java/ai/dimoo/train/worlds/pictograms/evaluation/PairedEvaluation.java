package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import ai.dimoo.image.SquaredError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
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

  /// They measure no share of right answers.
  private static final Set<String> WITHOUT_SHARES = Set.of("variety", "sweep");

  private record Pair(Trial first, Trial second) {}

  public PairedEvaluation {
    if (pairs < 1) {
      throw new IllegalArgumentException(pairs + " pairs; expected 1 at least");
    }
  }

  /// @throws UserException if a suite has no shares that could be compared
  public static void requireShares(List<Suite> suites) {
    for (Suite suite : suites) {
      if (WITHOUT_SHARES.contains(suite.name())) {
        throw new UserException(
            "The suite %s has no right and wrong, so that its scores cannot be paired: choose another."
                .formatted(suite.name()));
      }
    }
  }

  /// Asks.
  ///
  /// @param suites at least one, all with shares
  /// @param progress told after each pair: how many are done
  public PairedScores run(List<Suite> suites, Pupil a, Pupil b, IntConsumer progress) {
    requireShares(suites);
    WatchedPupil one = new WatchedPupil(a);
    WatchedPupil other = new WatchedPupil(b);
    SequencedMap<String, List<double[]>> scores = new LinkedHashMap<>();
    SquaredError error = SquaredError.NONE;
    int equal = 0;
    int pictures = 0;
    int done = 0;
    for (int i = 0; i < suites.size(); i++) {
      Suite suite = suites.get(i);
      for (Pair pair : pairs(suite, share(i, suites.size(), pairs))) {
        List<Score> ofFirst = shares(pair.first().run(one));
        List<Score> ofSecond = shares(pair.second().run(other));
        for (int k = 0; k < Math.min(ofFirst.size(), ofSecond.size()); k++) {
          scores
              .computeIfAbsent(suite.name() + ": " + ofFirst.get(k).row(), row -> new ArrayList<>())
              .add(new double[] {ofFirst.get(k).value(), ofSecond.get(k).value()});
        }
        Picture left = one.takeLast();
        Picture right = other.takeLast();
        if (left != null && right != null && left.size().equals(right.size())) {
          SquaredError squares = SquaredError.of(left, right);
          error = error.plus(squares);
          equal += squares.sum() == 0 ? 1 : 0;
          pictures++;
        }
        progress.accept(++done);
      }
    }
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
        one.medianSeconds(),
        other.medianSeconds());
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
