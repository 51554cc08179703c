package ai.dimoo.app;

import ai.dimoo.Dimoo;
import ai.dimoo.GeneratedPicture;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Recipe;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What all commands that make a picture do once they know what is wanted: check where it is to go,
/// open the model, make it with progress shown, write it, say what came out.
///
/// @param terminal where to say it
/// @param task the command's name, for the progress bar
/// @param options which model, and where pictures go
record PictureRun(Terminal terminal, String task, PictureOptions options) {

  private static final double MILLISECONDS = 1e3;

  /// @param request with a seed
  /// @param like the picture to make again; null: none
  /// @param inputs the input pictures, by their names in recipes
  void make(ImageRequest request, @Nullable Recipe like, Map<String, Picture> inputs) {
    Path file = options.output.output(Objects.requireNonNull(request.sampling().seed()));
    terminal.stop().check();
    try (Dimoo dimoo = options.model.open(like == null ? null : like.model(), terminal)) {
      if (like != null) {
        noteDifferences(dimoo, like, inputs);
      }
      GeneratedPicture result;
      try (StepProgress progress = new StepProgress(terminal, task, options.output.preview)) {
        result = dimoo.generate(request, progress);
        try {
          write(result, file);
        } finally {
          progress.finish(result); // where the file cannot be written, the preview is what is left
        }
      }
      result.notes().forEach(note -> terminal.err().println("note: " + note));
      report(result, file);
    }
  }

  private static void write(GeneratedPicture result, Path file) {
    if (!InputFile.isStream(file)) {
      result.writePng(file);
      return;
    }
    System.out.writeBytes(ImageFiles.encodePng(result.picture(), result.toTexts()));
    StandardOutput.requireWhole();
  }

  private void noteDifferences(Dimoo dimoo, Recipe like, Map<String, Picture> inputs) {
    if (!like.model().fingerprint().equals(dimoo.model().fingerprint())) {
      if (options.model.model == null) {
        requireAdapters(like.model().name(), dimoo.model().name());
        throw new UserException(
            "The picture was made by another model called %s: give its folder with --model."
                .formatted(like.model().name()));
      }
      note("that picture was made by another model (%s)".formatted(like.model().name()));
    }
    inputs.forEach((name, picture) -> {
      if (!like.hasInput(name, picture)) {
        note("that picture was made from another --" + name);
      }
    });
  }

  /// What stands before the first plus of a name is the bare model's, what follows its adapters'.
  private static void requireAdapters(String made, String here) {
    if (!made.equals(here) && made.split("\\+", 2)[0].equals(here.split("\\+", 2)[0])) {
      throw new UserException(
          "The picture was made by %s, and this model is %s: give the adapters that its name has with --lora, in its order."
              .formatted(made, here));
    }
  }

  private void note(String difference) {
    terminal.err().println("note: " + difference + ", so this one will differ from it.");
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
    if (!InputFile.isStream(file)) {
      terminal.out().println(file);
    }
  }
}
