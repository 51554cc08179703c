package ai.dimoo;

import java.util.function.Supplier;

/// A step of an answer as it forms.
///
/// @param words decodes it, see {@link #text}
/// @param beginning decodes its beginning, see {@link #settledText}
public record AnswerStep(
    int step, int steps, int masked, Supplier<String> words, Supplier<String> beginning)
    implements Step {

  /// The answer as far as it is decided, gaps left out. Call it within the listener's method only.
  public String text() {
    return words.get();
  }

  /// The answer up to its first gap: what later steps only add to. Its last letter may still be
  /// incomplete, and end in U+FFFD. Call it within the listener's method only.
  public String settledText() {
    return beginning.get();
  }
}
