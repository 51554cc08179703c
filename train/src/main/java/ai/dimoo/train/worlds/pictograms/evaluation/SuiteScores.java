package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a suite measured.
///
/// @param rows the table, in the order in which trials count for rows
/// @param notes what is to be said beside it
/// @param log a line a trial: its row, its first score, whether the sheet shows it (which, from 1),
///   what was asked and answered; tabs between
/// @param sheet input, output and truth of some trials of each row, or a chart; null if nothing can
///   be shown
/// @param seconds that it took
public record SuiteScores(
    Suite suite,
    List<Row> rows,
    List<String> notes,
    List<String> log,
    @Nullable Picture sheet,
    double seconds) {

  /// A row of the table.
  ///
  /// @param count of trials
  /// @param mean not a number where nothing could be measured
  /// @param standardError of the mean; not a number with fewer than two trials
  /// @param baseline not a number if there is none
  public record Row(
      String name, Unit unit, int count, double mean, double standardError, double baseline) {}

  public SuiteScores {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    log = List.copyOf(log);
  }

  /// The mean of all rows that are shares, as GenEval takes it; not a number if none is.
  public Row overall() {
    List<Row> shares =
        rows.stream().filter(row -> row.unit() == Unit.SHARE && !Double.isNaN(row.mean())).toList();
    double variance =
        shares.stream().mapToDouble(row -> row.standardError() * row.standardError()).sum();
    return new Row(
        "overall",
        Unit.SHARE,
        shares.stream().mapToInt(Row::count).sum(),
        shares.stream().mapToDouble(Row::mean).average().orElse(Double.NaN),
        Math.sqrt(variance) / shares.size(),
        shares.stream().mapToDouble(Row::baseline).average().orElse(Double.NaN));
  }
}
