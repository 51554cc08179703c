package ai.dimoo.app;

import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;

/// The prompt of a command.
final class PromptText {

  private PromptText() {}

  /// The prompt of a request that is not like another.
  ///
  /// @throws UserException if there is none
  static String required(@Nullable String given) {
    if (given == null) {
      throw new UserException(
          "No prompt: say in quotes what the picture is to show, or give --like PICTURE.");
    }
    return given;
  }
}
