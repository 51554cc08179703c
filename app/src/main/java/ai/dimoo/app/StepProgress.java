package ai.dimoo.app;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.PictureStep;
import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import ai.dimoo.error.DimooException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows how far a request is, in words and, if wanted, as a picture, and ends it at Ctrl-C.
final class StepProgress implements ProgressListener, AutoCloseable {

  private static final long PREVIEW_NANOS = 500_000_000L;

  /// Between two previews passes at least this many times what one costs.
  private static final int PREVIEW_SHARE = 4;

  private final Terminal terminal;
  private final String task;
  private final @Nullable Path preview;
  private final boolean previewIsNew;
  private @Nullable Progress progress;
  private long nextPreview = System.nanoTime();
  private boolean previewFailed;
  private boolean finished;

  StepProgress(Terminal terminal, String task, @Nullable Path preview) {
    this.terminal = terminal;
    this.task = task;
    this.preview = preview;
    this.previewIsNew = preview != null && !Files.exists(preview);
  }

  @Override
  public void onStep(Step step) {
    if (progress == null) {
      progress = terminal.progress(task, step.steps(), "steps");
    }
    progress.at(step.step(), step.masked() + " tokens left");
    if (preview != null
        && !previewFailed
        && step instanceof PictureStep picture
        && step.masked() > 0) {
      showForming(picture, preview);
    }
  }

  private void showForming(PictureStep step, Path file) {
    long start = System.nanoTime();
    if (start - nextPreview < 0) {
      return;
    }
    Picture forming = step.picture();
    tryPreview(() -> ImageFiles.writePng(file, forming, Map.of()));
    long end = System.nanoTime();
    nextPreview = end + Math.max(PREVIEW_NANOS, PREVIEW_SHARE * (end - start));
  }

  /// A preview that cannot be written is no reason to lose the picture: it is said once.
  private void tryPreview(Runnable writing) {
    try {
      writing.run();
    } catch (DimooException e) {
      previewFailed = true;
      terminal.err().println("note: no more previews. " + e.getMessage());
    }
  }

  @Override
  public boolean cancelled() {
    return terminal.stop().getAsBoolean();
  }

  /// The picture is done: it is the last preview.
  void finish(GeneratedPicture result) {
    Path file = preview;
    if (file != null && !previewFailed) {
      tryPreview(() -> result.writePng(file));
    }
    finished = !previewFailed;
  }

  /// Ends the bar; of a picture that was given up no preview is left, nor one that could not be
  /// kept up to date.
  @Override
  public void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
    if (!finished && previewIsNew && preview != null) {
      try {
        Files.deleteIfExists(preview);
      } catch (IOException e) {
        // the failure that led here is the one to report
      }
    }
  }
}
