package ai.dimoo.train.bench;

import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SequenceLayout;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;
import java.util.List;
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

  /// The thirteen ids before the image codes.
  SpecialTokens special() {
    int codes = vocabularySize - codebookSize;
    int first = codes - 13;
    return new SpecialTokens(
        first,
        first + 1,
        first + 2,
        first + 3,
        first + 4,
        first + 5,
        first + 6,
        first + 7,
        first + 8,
        first + 9,
        first + 10,
        first + 11,
        first + 12,
        codes,
        codebookSize);
  }

  /// Number of image tokens.
  int codes() {
    return rows * columns;
  }

  /// The whole sequence.
  TokenSequence sequence() {
    int words = vocabularySize - codebookSize - 13;
    int[] prompt = IntStream.range(0, promptTokens).map(i -> i % words).toArray();
    return new SequenceLayout(special())
        .image(prompt, prompt, List.of(), CodeGrid.masked(rows, columns));
  }

  /// Positions of the image tokens, ascending.
  int[] codePositions() {
    return IntStream.range(0, codes()).map(sequence().image()::position).toArray();
  }
}
