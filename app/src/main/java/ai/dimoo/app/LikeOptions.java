package ai.dimoo.app;

import ai.dimoo.Recipe;
import ai.dimoo.error.UserException;
import ai.dimoo.image.ImageFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A picture to take the settings from.
final class LikeOptions {

  @Option(
      names = "--like",
      paramLabel = "PNG",
      description =
          "Take prompt, seed and all settings from this picture, which dimoo wrote: it is made again"
              + " bit for bit. Options that are given as well change it (default: none).")
  @Nullable Path like;

  /// What the picture says of itself; null if there is none.
  ///
  /// @param task what it must be
  /// @param command this command, for the message
  @Nullable Recipe recipe(String task, String command) {
    if (like == null) {
      return null;
    }
    Recipe recipe = Recipe.ofTexts(ImageFiles.textOf(like), like.toString());
    if (!recipe.task().equals(task)) {
      throw new UserException(
          "%s was made by another task (%s), not by `%s`; take the command of that task."
              .formatted(like, recipe.task(), command));
    }
    return recipe;
  }
}
