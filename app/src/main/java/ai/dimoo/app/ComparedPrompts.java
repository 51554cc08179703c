package ai.dimoo.app;

import ai.dimoo.error.UserException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The prompts of `dimoo compare`.
final class ComparedPrompts {

  /// In words that the pocket model knows, and others too.
  private static final List<String> BUILT_IN =
      List.of(
          "a red circle",
          "a large yellow ring",
          "a small blue square",
          "two green triangles",
          "three white circles",
          "a purple diamond on a black background",
          "a photo of an orange cross",
          "a red circle to the left of a blue square",
          "a green triangle above a yellow diamond",
          "a white ring below a red cross",
          "a blue circle to the right of an orange triangle",
          "a yellow square and a purple circle",
          "a large green ring and a small red diamond",
          "a photo of a cyan square above a white circle",
          "two red squares on a white background",
          "a purple cross to the left of a green ring");

  private ComparedPrompts() {}

  /// @param file a prompt a line, empty lines and those that begin with # left out; null: the
  ///   built-in ones
  /// @throws UserException if it is missing or has none
  static List<String> of(@Nullable Path file) {
    if (file == null) {
      return BUILT_IN;
    }
    List<String> prompts =
        TextFile.read(file, "prompts")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (prompts.isEmpty()) {
      throw new UserException(TextFile.name(file) + " has no prompts, expected one on each line.");
    }
    return prompts;
  }
}
