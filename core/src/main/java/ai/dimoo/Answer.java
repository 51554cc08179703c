package ai.dimoo;

import ai.dimoo.diffusion.TextSamplerSettings;
import ai.dimoo.request.ModelIdentity;
import java.util.List;

/// An answer, and what is needed to get it again. Immutable.
///
/// @param text in words, without special tokens
/// @param tokens the answer's tokens before `</answer>`; copied out
/// @param promptTokens tokens before the answer: the words of the question and the pictures
/// @param settings how it was sampled, the seed among them
/// @param model which model answered
/// @param timings how long it took
/// @param notes why it may be wrong: {@link Dimoo#notes} of the request, and what was seen of its
///   pictures as they were encoded; sentences for the user
public record Answer(
    String text,
    int[] tokens,
    int promptTokens,
    TextSamplerSettings settings,
    ModelIdentity model,
    Timings timings,
    List<String> notes) {

  /// Copies tokens and notes.
  public Answer {
    tokens = tokens.clone();
    notes = List.copyOf(notes);
  }

  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  /// The seed that it was sampled with, drawn if the request had none.
  public long seed() {
    return settings.seed();
  }

  /// What is left of it where the beginning was shown already.
  ///
  /// @param shown what was shown of it, see {@link AnswerStep#newText}
  public String newText(String shown) {
    return text.startsWith(shown) ? text.substring(shown.length()) : "";
  }

  @Override
  public String toString() {
    return text;
  }
}
