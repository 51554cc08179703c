package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.request.Recipe;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A picture to take the settings from.
final class LikeOptions {

  @Option(
      names = "--like",
      paramLabel = "PNG",
      description =
          "Take prompt, seed and all settings from this picture, which dimoo wrote: it is made again"
              + " bit for bit. Options that are given as well change it; input pictures have to be"
              + " given again (default: none).")
  @Nullable Path like;

  /// Whether there is one.
  boolean given() {
    return like != null;
  }

  /// What the picture says of itself; null if there is none.
  ///
  /// @param task which recipes will do
  /// @param command this command, for the message
  /// @throws UserException if it was made by another task, or does not say
  @Nullable Recipe recipe(Predicate<Recipe> task, String command) {
    if (like == null) {
      return null;
    }
    InputFile file = new InputFile(like);
    Recipe recipe = Recipe.ofTexts(file.texts(), file.name());
    if (!task.test(recipe)) {
      throw new UserException(
          "%s was made by the task %s, not by `dimoo %s`; take the command of that task."
              .formatted(like, recipe.task(), command));
    }
    return recipe;
  }
}
