package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.ContactSheet;
import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.evaluation.SuiteScores.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs suites.
///
/// @param limit the most trials of a row; those that are left out are spread evenly
public record Evaluation(Setting setting, int limit) {

  /// What fills a sheet's row whose pictures are fewer than others'.
  private static final int EMPTY = 0xf0f0f0;

  /// Input, output and truth side by side, so often in a line of the sheet.
  private static final int GROUPS = 4;

  /// Every trial.
  public static final int ALL = Integer.MAX_VALUE;

  public Evaluation {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit + " trials; expected 1 at least");
    }
  }

  /// Runs one suite.
  ///
  /// @param progress told after each trial: the share that is done, 0 to 1
  public SuiteScores run(Suite suite, Pupil pupil, DoubleConsumer progress) {
    long start = System.nanoTime();
    List<Trial> trials = limited(suite.trials(setting));
    List<Outcome> outcomes = new ArrayList<>();
    Set<Integer> shown = shown(suite, trials);
    new TrialRunner(pupil, suite.timed() ? 1 : pupil.sideBySide())
        .run(
            trials,
            ran -> {
              // thousands of pictures would fill the heap
              boolean seen = shown.contains(outcomes.size());
              outcomes.add(seen ? ran.outcome() : ran.outcome().unseen());
              progress.accept(outcomes.size() / (double) trials.size());
            });
    Picture chart = suite.chart(trials, outcomes);
    return new SuiteScores(
        suite,
        rows(outcomes),
        suite.notes(trials, outcomes),
        log(trials, outcomes),
        chart != null ? chart : sheet(outcomes),
        (System.nanoTime() - start) / 1e9);
  }

  private static List<String> log(List<Trial> trials, List<Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    int shown = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      String onSheet = outcome.shown().isEmpty() ? "" : String.valueOf(++shown);
      String words = outcome.words().replaceAll("\\s+", " ");
      lines.add(
          String.join(
              "\t",
              trials.get(i).row(),
              String.format(Locale.ROOT, "%.3f", outcome.scores().getFirst().value()),
              onSheet,
              words));
    }
    return lines;
  }

  private List<Trial> limited(List<Trial> all) {
    SequencedMap<String, List<Trial>> byRow = new LinkedHashMap<>();
    for (Trial trial : all) {
      byRow.computeIfAbsent(trial.row(), row -> new ArrayList<>()).add(trial);
    }
    List<Trial> some = new ArrayList<>();
    byRow.values().forEach(row -> some.addAll(evenly(row, limit)));
    return some;
  }

  /// So many of a list, evenly spread; all, if it has no more.
  static <T> List<T> evenly(List<T> all, int most) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }

  private static List<Row> rows(List<Outcome> outcomes) {
    SequencedMap<String, List<Score>> byRow = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      for (Score score : outcome.scores()) {
        byRow.computeIfAbsent(score.row(), row -> new ArrayList<>()).add(score);
      }
    }
    return byRow.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
  }

  private static Row row(String name, List<Score> scores) {
    int count = scores.size();
    double ceiling = scores.stream().mapToDouble(Score::ceiling).sum();
    double mean = scores.stream().mapToDouble(Score::value).sum() / ceiling;
    double baseline = scores.stream().mapToDouble(Score::baseline).sum() / ceiling;
    double squares = 0;
    for (Score score : scores) {
      double difference = score.value() - mean * score.ceiling();
      squares += difference * difference;
    }
    double error = Math.sqrt(squares / (count - 1) * count) / ceiling;
    return new Row(name, scores.getFirst().unit(), count, mean, error, baseline);
  }

  /// Which trials the sheet shows: evenly spread in each row.
  private static Set<Integer> shown(Suite suite, List<Trial> trials) {
    SequencedMap<String, List<Integer>> byRow = new LinkedHashMap<>();
    for (int i = 0; i < trials.size(); i++) {
      byRow.computeIfAbsent(trials.get(i).row(), row -> new ArrayList<>()).add(i);
    }
    Set<Integer> shown = new HashSet<>();
    for (List<Integer> row : byRow.values()) {
      int count = Math.min(suite.shown(), row.size());
      for (int i = 0; i < count; i++) {
        shown.add(row.get(i * row.size() / count));
      }
    }
    return shown;
  }

  private static @Nullable Picture sheet(List<Outcome> outcomes) {
    List<List<Picture>> shown =
        outcomes.stream().map(Outcome::shown).filter(pictures -> !pictures.isEmpty()).toList();
    if (shown.isEmpty()) {
      return null;
    }
    int width = shown.stream().mapToInt(List::size).max().orElseThrow();
    Picture empty = Picture.filled(shown.getFirst().getFirst().size(), EMPTY);
    List<Picture> cells = new ArrayList<>();
    for (List<Picture> pictures : shown) {
      cells.addAll(pictures);
      for (int i = pictures.size(); i < width; i++) {
        cells.add(empty);
      }
    }
    return ContactSheet.of(cells, Math.max(1, GROUPS * 3 / width) * width, 4, 1);
  }
}
