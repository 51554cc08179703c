package ai.dimoo.prompt;

import java.util.Arrays;

/// A sequence whose answer is text:
///
/// ```
/// prompt… <answer> mask mask … </answer> padding…
///                  ^ codeStart
/// ```
///
/// Immutable; arrays are copied in and out.
///
/// @param ids the whole sequence, masked where the model is to answer
/// @param codeStart position of the answer's first token
/// @param length number of masked tokens
public record AnswerSequence(int[] ids, int codeStart, int length) {

  /// Copies the ids.
  public AnswerSequence {
    ids = ids.clone();
  }

  @Override
  public int[] ids() {
    return ids.clone();
  }

  /// The answer's tokens in a finished sequence, up to the first `</answer>` if it holds one.
  ///
  /// @param tokens the final state of [#ids]
  public int[] answer(int[] tokens, SpecialTokens special) {
    int end = codeStart;
    while (end < codeStart + length && tokens[end] != special.endAnswer()) {
      end++;
    }
    return Arrays.copyOfRange(tokens, codeStart, end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnswerSequence sequence
        && codeStart == sequence.codeStart
        && length == sequence.length
        && Arrays.equals(ids, sequence.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "AnswerSequence[%d tokens, %d of them answer from %d]"
        .formatted(ids.length, length, codeStart);
  }
}
