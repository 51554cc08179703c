package ai.dimoo;

import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;

/// How much of a picture's sequence was given, in the model's own tokens.
///
/// @param text tokens of the prompt, special ones included
/// @param image codes of input pictures, and those that painting keeps
public record InputTokens(int text, int image) {

  static InputTokens of(TokenSequence sequence, SpecialTokens special) {
    int text = 0;
    int image = 0;
    int[] ids = sequence.ids().toArray();
    for (int i = 0; i < ids.length; i++) {
      if (special.isCode(ids[i])) {
        image++;
      } else if (i < sequence.answerStart()) {
        text++;
      }
    }
    return new InputTokens(text, image);
  }

  /// Both together.
  public int total() {
    return text + image;
  }
}
