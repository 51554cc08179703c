package ai.dimoo.app;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.train.log.EventFile;
import ai.dimoo.train.log.TrainingListener;
import ai.dimoo.train.optim.Trainer;
import ai.dimoo.train.runs.RunFolder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes numbers to TensorBoard's files, sheets beside them, and both loss and time to the
/// terminal: a bar where it can be redrawn, else a line every few steps.
final class TrainingFollower implements TrainingListener, AutoCloseable {

  /// Steps between two lines of output.
  private static final long LINE_INTERVAL = 20;

  private final RunFolder run;
  private final Terminal terminal;
  private final Map<String, EventFile> events = new TreeMap<>();
  private double lossSum;
  private long steps;
  private long since = System.nanoTime();
  private String barPhase = "";
  private @Nullable Progress bar;

  TrainingFollower(RunFolder run, Terminal terminal) {
    this.run = run;
    this.terminal = terminal;
  }

  private EventFile events(String phase) {
    return events.computeIfAbsent(phase, name -> new EventFile(run.file(name, "events")));
  }

  @Override
  public void onStep(String phase, long step, long all, Map<String, Double> scalars) {
    Map<String, Double> tagged = new TreeMap<>();
    scalars.forEach((name, value) -> tagged.put(phase + "/" + name, value));
    events(phase).scalars(step, tagged);
    lossSum += scalars.getOrDefault(Trainer.LOSS, Double.NaN);
    steps++;
    if (step % LINE_INTERVAL == 0 || step == all) {
      double seconds = (System.nanoTime() - since) / 1e9;
      String note =
          (Double.isNaN(lossSum) ? "" : String.format(Locale.ROOT, "loss %.4f, ", lossSum / steps))
              + String.format(Locale.ROOT, "%.2f s a step", seconds / steps);
      if (terminal.interactive()) {
        bar(phase, all).at(step, note);
      } else {
        terminal.out().println("%s: step %d of %d, %s".formatted(phase, step, all, note));
        terminal.out().flush();
      }
      since = System.nanoTime();
      lossSum = 0;
      steps = 0;
    }
  }

  private Progress bar(String phase, long all) {
    if (bar == null || !phase.equals(barPhase)) {
      closeBar();
      barPhase = phase;
      bar = terminal.progress(phase, all, "steps");
    }
    return bar;
  }

  @Override
  public void close() {
    closeBar();
    events.values().forEach(EventFile::close);
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void onSheet(String phase, long step, Picture sheet) {
    ImageFiles.writePng(run.file(phase, "sheet-" + step + ".png"), sheet, Map.of());
    events(phase)
        .picture(
            step,
            phase + "/sheet",
            sheet.width(),
            sheet.height(),
            ImageFiles.encodePng(sheet, Map.of()));
  }

  @Override
  public boolean stopped() {
    return terminal.stop().getAsBoolean();
  }
}
