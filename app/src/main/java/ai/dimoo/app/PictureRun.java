package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.ImageRequest;
import ai.dimoo.Recipe;
import ai.dimoo.image.ImageFiles;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What all commands that make a picture do once they know what is wanted: check where it is to go,
/// open the model, make it with progress shown, write it, say what came out.
///
/// @param terminal where to say it
/// @param task the command's name, for the progress bar
/// @param model which model
/// @param output where pictures go
record PictureRun(Terminal terminal, String task, ModelOptions model, OutputOptions output) {

  private static final double MILLISECONDS = 1e3;

  /// @param like the picture to make again; null: none
  void make(ImageRequest request, @Nullable Recipe like) {
    long seed = request.sampling().seed();
    Path file = output.output(seed);
    ImageFiles.requireWritable(file);
    if (output.preview != null) {
      ImageFiles.requireWritable(output.preview);
    }
    terminal.stop().check();
    try (Dimoo dimoo = model.open(like == null ? null : like.model())) {
      warnIfAnother(dimoo, like);
      GeneratedPicture result;
      try (PictureProgress progress = new PictureProgress(terminal, task, output.preview)) {
        result = dimoo.generate(request, progress);
        progress.finish(result);
      }
      result.writePng(file);
      report(result, file);
    }
  }

  private void warnIfAnother(Dimoo dimoo, @Nullable Recipe like) {
    if (like != null && !like.model().fingerprint().equals(dimoo.model().fingerprint())) {
      terminal
          .err()
          .println(
              "note: that picture was made by another model (%s), so this one will differ from it."
                  .formatted(like.model().name()));
    }
  }

  private void report(GeneratedPicture result, Path file) {
    terminal
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%s pixels, seed %d, %.1f s",
                result.picture().size(),
                result.seed(),
                result.timings().total().toMillis() / MILLISECONDS));
    terminal.out().println(file);
  }
}
