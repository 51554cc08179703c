package ai.dimoo;

import java.util.function.Supplier;

/// A step of an answer as it forms.
///
/// @param words decodes it, see {@link #text}
/// @param beginning decodes its beginning, see {@link #settledText}
public record AnswerStep(
    int step, int steps, int masked, Supplier<String> words, Supplier<String> beginning)
    implements Step {

  /// In place of a letter of which a byte is missing.
  private static final char INCOMPLETE = '\uFFFD';

  /// The answer as far as it is decided, gaps left out. Call it within the listener's method only.
  public String text() {
    return words.get();
  }

  /// The answer up to its first gap: what later steps only add to. Its last letter may still be
  /// incomplete, and end in U+FFFD. Call it within the listener's method only.
  public String settledText() {
    return beginning.get();
  }

  /// What has become certain since: whole letters that only follow what was shown. Call it within
  /// the listener's method only.
  ///
  /// @param shown what was shown so far, all pieces together
  public String newText(String shown) {
    return newText(shown, settledText());
  }

  /// The same of a settled text that was kept.
  public static String newText(String shown, String settledText) {
    int end = settledText.length();
    while (end > 0 && settledText.charAt(end - 1) == INCOMPLETE) {
      end--;
    }
    return end > shown.length() && settledText.startsWith(shown)
        ? settledText.substring(shown.length(), end)
        : "";
  }
}
