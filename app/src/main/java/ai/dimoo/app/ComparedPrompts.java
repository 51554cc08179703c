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
          "a cat",
          "a large yellow star",
          "a small blue heart",
          "two green apples",
          "three clocks",
          "a rocket on the night sky",
          "a photo of an owl",
          "a fox to the left of a pizza",
          "a car above a tree",
          "a house below a rainbow",
          "a dog to the right of a cake",
          "a banana and a cup",
          "a large frog and a small fish",
          "a photo of a boat above a bear",
          "two carrots on a green background",
          "the word \"CAT\"");

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
