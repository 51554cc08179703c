package ai.dimoo.prompt;

import java.util.Arrays;

/// A sequence whose answer is a picture:
///
/// ```
/// prompt… <answer> <IMAGE> row … newline, row … newline, … </IMAGE> </answer>
///                          ^ codeStart
/// ```
///
/// The guidance branches read another prompt, [#uncondText] or [#uncondImage], and then the same
/// answer as it stands, from `<answer>` on. Immutable; arrays are copied in and out.
///
/// @param ids the whole sequence, masked where the model is to decide
/// @param codeStart position of the first image code
/// @param rows height of the answer's grid
/// @param columns width of the answer's grid
/// @param uncondText the prompt without the user's text but with the pictures in it
/// @param uncondImage the prompt with the user's text but without pictures; empty where the prompt
///   has no pictures
public record ImageSequence(
    int[] ids, int codeStart, int rows, int columns, int[] uncondText, int[] uncondImage) {

  // <answer> and <IMAGE> stand between the prompt and the first code.
  private static final int BEFORE_CODES = 2;

  /// Copies the arrays.
  public ImageSequence {
    ids = ids.clone();
    uncondText = uncondText.clone();
    uncondImage = uncondImage.clone();
  }

  @Override
  public int[] ids() {
    return ids.clone();
  }

  @Override
  public int[] uncondText() {
    return uncondText.clone();
  }

  @Override
  public int[] uncondImage() {
    return uncondImage.clone();
  }

  /// Length of the prompt with its pictures: the position of `<answer>`.
  public int promptLength() {
    return codeStart - BEFORE_CODES;
  }

  /// The picture in a finished sequence.
  ///
  /// @param tokens the final state of [#ids]
  /// @throws IllegalArgumentException if a token of the picture is still masked
  public CodeGrid codes(int[] tokens, SpecialTokens special) {
    return CodeGrid.read(tokens, codeStart, rows, columns, special, -1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageSequence sequence
        && codeStart == sequence.codeStart
        && rows == sequence.rows
        && columns == sequence.columns
        && Arrays.equals(ids, sequence.ids)
        && Arrays.equals(uncondText, sequence.uncondText)
        && Arrays.equals(uncondImage, sequence.uncondImage);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "ImageSequence[%d tokens, picture of %d x %d codes from %d]"
        .formatted(ids.length, rows, columns, codeStart);
  }
}
