package ai.dimoo.app;

import ai.dimoo.ProgressListener;
import ai.dimoo.Step;
import java.util.List;

/// Shows how far a file of prompts is, in steps of all its pictures, and ends it at Ctrl-C. Used by
/// one thread at a time.
final class PromptsProgress implements AutoCloseable {

  private final Terminal terminal;
  private final Progress progress;
  private final int pictures;
  private int made;
  private long before; // steps of the pictures that are made
  private long present; // steps of those under way

  /// @param left what is to be made
  PromptsProgress(Terminal terminal, List<PlannedPicture> left) {
    this.terminal = terminal;
    pictures = left.size();
    progress = terminal.progress("generate", steps(left), "steps");
  }

  private static long steps(List<PlannedPicture> pictures) {
    return pictures.stream().mapToLong(PlannedPicture::timesteps).sum();
  }

  /// Follows one of the pictures under way.
  ProgressListener follow() {
    return new ProgressListener() {
      @Override
      public void onStep(Step step) {
        present++;
        progress.at(before + present, said());
      }

      @Override
      public boolean cancelled() {
        return terminal.stop().getAsBoolean();
      }
    };
  }

  /// Those under way are made.
  void made(List<PlannedPicture> done) {
    made += done.size();
    before += steps(done);
    present = 0;
    progress.at(before, said());
  }

  private String said() {
    return "%d of %d pictures".formatted(made, pictures);
  }

  @Override
  public void close() {
    progress.close();
  }
}
