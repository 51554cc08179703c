package ai.dimoo.train.bench;

import ai.dimoo.diffusion.ImagePrompt;
import ai.dimoo.diffusion.Vocabulary;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A sequence with a fully masked picture, laid out as in text-to-image generation. Its token ids
/// mean nothing: no cost depends on them.
///
/// @param promptTokens tokens before the answer, in the unconditional sequence too
/// @param rows of image tokens
/// @param columns of image tokens; a newline token ends each row
/// @param vocabularySize of the model; the image codes are its last ids
/// @param codebookSize number of image codes
record PictureLayout(
    int promptTokens, int rows, int columns, int vocabularySize, int codebookSize) {

  /// Two sequences a step: the conditional and the unconditional one.
  static final int BRANCHES = 2;

  Vocabulary vocabulary() {
    int codes = vocabularySize - codebookSize;
    return new Vocabulary(codes - 1, codes - 2, codes - 3, codes, codebookSize);
  }

  /// Position of the first image token, behind `<answer>` and `<IMAGE>`.
  int codeStart() {
    return promptTokens + 2;
  }

  /// Number of image tokens.
  int codes() {
    return rows * columns;
  }

  /// The whole sequence.
  int[] tokens() {
    Vocabulary ids = vocabulary();
    int[] tokens = new int[codeStart() + rows * (columns + 1) + 2];
    Arrays.setAll(tokens, i -> i % ids.answerEnd());
    for (int row = 0; row < rows; row++) {
      int start = codeStart() + row * (columns + 1);
      Arrays.fill(tokens, start, start + columns, ids.mask());
      tokens[start + columns] = ids.newline();
    }
    return tokens;
  }

  /// Positions of the image tokens, ascending.
  int[] codePositions() {
    return IntStream.range(0, codes())
        .map(code -> codeStart() + code / columns * (columns + 1) + code % columns)
        .toArray();
  }

  ImagePrompt prompt() {
    int[] tokens = tokens();
    return new ImagePrompt.TextToImage(tokens, codeStart(), Arrays.copyOf(tokens, promptTokens));
  }
}
