package ai.dimoo.diffusion;

import java.util.Arrays;

/// What the text sampler returns. The arrays are not copied.
///
/// @param tokens the whole sequence; where it stopped early, masks remain behind the answer
/// @param answer the tokens of the answer, without `</answer>` and what follows it
public record TextAnswer(int[] tokens, int[] answer) {

  /// Cuts the answer, which stands at begin … end − 1, before `</answer>`.
  static TextAnswer of(int[] tokens, int begin, int end, int answerEnd) {
    int cut = begin;
    while (cut < end && tokens[cut] != answerEnd) {
      cut++;
    }
    return new TextAnswer(tokens, Arrays.copyOfRange(tokens, begin, cut));
  }
}
