package ai.dimoo.app;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.PicturesListener;
import ai.dimoo.Step;
import ai.dimoo.request.Recipe;
import java.util.List;
import java.util.Map;

/// Takes the pictures of a file of prompts as they are made, shows how far they are, in steps of
/// all of them, and ends them at Ctrl-C. Thread-safe.
final class PromptsProgress implements PicturesListener, AutoCloseable {

  private final Terminal terminal;
  private final Manifest manifest;
  private final Map<PlannedPicture, Recipe> made;
  private final Progress progress;
  private final int pictures;
  private final int before; // pictures that were there
  private List<PlannedPicture> present = List.of();
  private long steps;

  /// @param manifest takes in what is made
  /// @param made takes it in too; holds what was there
  /// @param left what is to be made
  PromptsProgress(
      Terminal terminal,
      Manifest manifest,
      Map<PlannedPicture, Recipe> made,
      List<PlannedPicture> left) {
    this.terminal = terminal;
    this.manifest = manifest;
    this.made = made;
    before = made.size();
    pictures = left.size();
    progress =
        terminal.progress(
            "generate", left.stream().mapToLong(PlannedPicture::timesteps).sum(), "steps");
  }

  /// Some are about to be made.
  synchronized void begin(List<PlannedPicture> some) {
    present = some;
  }

  @Override
  public synchronized void onStep(int request, Step step) {
    steps++;
    show();
  }

  private void show() {
    progress.at(steps, "%d of %d pictures".formatted(made.size() - before, pictures));
  }

  /// Two may be written at the same time, as they are made.
  @Override
  public void onPicture(int request, GeneratedPicture picture) {
    PlannedPicture planned = planned(request);
    picture.writePng(planned.file());
    note(planned, picture.recipe());
  }

  private synchronized PlannedPicture planned(int request) {
    return present.get(request);
  }

  private synchronized void note(PlannedPicture picture, Recipe recipe) {
    made.put(picture, recipe);
    manifest.add(picture, recipe);
    show();
    terminal.out().println(picture.file());
  }

  @Override
  public boolean cancelled() {
    return terminal.stop().getAsBoolean();
  }

  @Override
  public void close() {
    progress.close();
  }
}
