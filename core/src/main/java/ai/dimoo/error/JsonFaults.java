package ai.dimoo.error;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/// What is wrong with JSON, in words: the parser's own messages name its methods and settings.
public final class JsonFaults {

  private JsonFaults() {}

  /// The reason and its place, for a line that has said what is not valid JSON.
  public static String reason(JacksonException e) {
    String first =
        Optional.ofNullable(e.getOriginalMessage())
            .flatMap(message -> message.lines().findFirst())
            .orElse("malformed");
    return Shown.text(inWords(first)) + place(e.getLocation());
  }

  private static String inWords(String message) {
    if (message.startsWith("Unexpected end-of-input")) {
      return "it ends too early";
    }
    if (message.startsWith("Trailing token")) {
      return "something follows its end";
    }
    if (message.startsWith("Duplicate ")) {
      return message.replaceFirst("^[^\"]*", "it has twice ");
    }
    return message
        .replaceAll(", from `[^`]*`", "")
        .replaceFirst(": enable `[^`]*` to allow", "")
        .replaceFirst(" \\(not recognized as one since Feature [^)]*\\)", "");
  }

  private static String place(TokenStreamLocation at) {
    if (at == null || at.getColumnNr() < 1) {
      return "";
    }
    return at.getLineNr() > 1
        ? " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr())
        : " (column %d)".formatted(at.getColumnNr());
  }
}
