package ai.dimoo.app;

import java.io.PrintWriter;
import java.util.Locale;

/// Progress for logs and pipes: one plain line for each tenth.
final class ProgressInLines implements Progress {

  private static final int LINES = 10;
  private static final double MEGABYTE = 1e6;

  private final PrintWriter err;
  private final String task;
  private final long total;
  private final String unit;
  private long shown;

  ProgressInLines(PrintWriter err, String task, long total, String unit) {
    this.err = err;
    this.task = task;
    this.total = total;
    this.unit = unit;
  }

  @Override
  public void at(long done, String note) {
    long tenth = total <= 0 ? 0 : LINES * done / total;
    if (tenth <= shown) {
      return;
    }
    shown = tenth;
    err.printf(
        Locale.ROOT,
        "%s: %d%% (%s)%s%n",
        task,
        100 * done / total,
        amount(done),
        note.isEmpty() ? "" : ", " + note);
    err.flush();
  }

  private String amount(long done) {
    return unit.equals("bytes")
        ? String.format(Locale.ROOT, "%.1f of %.1f MB", done / MEGABYTE, total / MEGABYTE)
        : done + " of " + total + " " + unit;
  }

  @Override
  public void close() {}
}
