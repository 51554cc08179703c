package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.request.Recipe;
import org.jspecify.annotations.Nullable;

/// The prompt of a command: given, or that of the picture to make again.
final class PromptText {

  private PromptText() {}

  /// @throws UserException if there is none
  static String of(@Nullable String given, @Nullable Recipe like) {
    if (given != null) {
      return given;
    }
    if (like == null) {
      throw new UserException(
          "No prompt: say in quotes what the picture is to show, or give --like PICTURE.");
    }
    return like.prompt();
  }
}
