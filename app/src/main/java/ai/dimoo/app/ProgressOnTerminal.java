package ai.dimoo.app;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar on standard error that is redrawn in place.
final class ProgressOnTerminal implements Progress {

  private static final int REDRAW_MILLISECONDS = 200;

  private final ProgressBar bar;

  ProgressOnTerminal(String task, long total, String unit) {
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLISECONDS);
    bar = (unit.equals("bytes") ? builder.setUnit("MB", 1_000_000) : builder).build();
  }

  @Override
  public void at(long done, String note) {
    bar.stepTo(done);
    bar.setExtraMessage(note);
  }

  @Override
  public void close() {
    bar.close();
  }
}
