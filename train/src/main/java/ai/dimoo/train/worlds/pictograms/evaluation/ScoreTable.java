package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.train.worlds.pictograms.evaluation.SuiteScores.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Scores as lines for a terminal.
public final class ScoreTable {

  private ScoreTable() {}

  /// A heading, a line a row, the notes.
  public static List<String> lines(SuiteScores scores) {
    Suite suite = scores.suite();
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s (baseline: %s)".formatted(suite.name(), suite.right(), suite.baseline()));
    lines.add("  %-36s %8s %8s %9s %7s".formatted("", "score", "error", "baseline", "trials"));
    scores.rows().forEach(row -> lines.add(line(row)));
    if (scores.rows().stream().filter(row -> row.unit() == Unit.SHARE).count() > 1) {
      lines.add(line(scores.overall()));
    }
    scores.notes().forEach(note -> lines.add("  " + note));
    return lines;
  }

  private static String line(Row row) {
    String name =
        row.unit().symbol().isEmpty() ? row.name() : row.name() + ", " + row.unit().symbol();
    return "  %-36s %8s %8s %9s %7d"
        .formatted(
            name,
            number(row.mean()),
            number(row.standardError()),
            number(row.baseline()),
            row.count());
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
  }
}
