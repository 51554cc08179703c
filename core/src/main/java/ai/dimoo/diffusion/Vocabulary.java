package ai.dimoo.diffusion;

import java.util.Arrays;

/// The token ids that a sampler has to know. Image code `c` is token `codeOffset + c`.
///
/// @param mask a token not yet decided
/// @param newline the end of a row of image tokens
/// @param answerEnd `</answer>`
/// @param codeOffset the token of image code 0
/// @param codebookSize number of image codes
public record Vocabulary(int mask, int newline, int answerEnd, int codeOffset, int codebookSize) {

  /// One past the token of the last image code.
  int codeEnd() {
    return codeOffset + codebookSize;
  }

  /// Where the token is the mask.
  ///
  /// @param end one past the last position that is looked at
  int[] maskedPositions(int[] tokens, int begin, int end) {
    int[] positions = new int[end - begin];
    int n = 0;
    for (int i = begin; i < end; i++) {
      if (tokens[i] == mask) {
        positions[n++] = i;
      }
    }
    return Arrays.copyOf(positions, n);
  }
}
