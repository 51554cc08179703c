package ai.dimoo;

import java.util.function.Supplier;

/// A step of an answer as it forms.
///
/// @param words decodes it, see {@link #text}
public record AnswerStep(int step, int steps, int masked, Supplier<String> words) implements Step {

  /// The answer as far as it is decided, gaps left out. Call it within the listener's method only.
  public String text() {
    return words.get();
  }
}
