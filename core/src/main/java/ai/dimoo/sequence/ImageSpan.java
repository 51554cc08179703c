package ai.dimoo.sequence;

/// Where a picture stands in a sequence: its rows of codes, each followed by a newline token.
///
/// @param start position of the first code
/// @param rows height of the picture in codes
/// @param columns width of the picture in codes
public record ImageSpan(int start, int rows, int columns) implements AnswerSpan {

  /// One past the last row's newline token.
  @Override
  public int end() {
    return start + rows * (columns + 1);
  }

  /// Number of codes.
  public int size() {
    return rows * columns;
  }

  /// Where a code stands.
  ///
  /// @param index row · columns + column
  public int position(int index) {
    return start + index + index / columns;
  }

  /// The picture in the present state of a sequence, {@link CodeGrid#MASKED} where a token is still
  /// masked.
  ///
  /// @throws IllegalArgumentException if a token is neither an image code nor the mask, or a row
  ///   does not end in a newline token
  public CodeGrid codes(TokenIds ids, SpecialTokens special) {
    int[] codes = new int[rows * columns];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(ids.at(position(i)), position(i), special);
    }
    for (int row = 1; row <= rows; row++) {
      int end = start + row * (columns + 1) - 1;
      if (ids.at(end) != special.newline()) {
        throw new IllegalArgumentException("no newline token at " + end);
      }
    }
    return new CodeGrid(rows, columns, codes);
  }

  private static int code(int token, int position, SpecialTokens special) {
    if (token == special.mask()) {
      return CodeGrid.MASKED;
    }
    if (!special.isCode(token)) {
      throw new IllegalArgumentException(
          "token %d at %d is no image code".formatted(token, position));
    }
    return token - special.codeOffset();
  }
}
