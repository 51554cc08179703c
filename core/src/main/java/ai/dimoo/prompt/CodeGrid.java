package ai.dimoo.prompt;

import java.util.Arrays;

/// A picture as the codes of its patches, row by row from the top left. Immutable.
///
/// @param rows picture height in patches, 1 or more
/// @param columns picture width in patches, 1 or more
/// @param codes rows · columns image codes, 0 ≤ code < codebook size, row-major; copied in and out
public record CodeGrid(int rows, int columns, int[] codes) {

  /// @throws IllegalArgumentException if a side is not positive or it is another number of codes
  public CodeGrid {
    if (rows < 1 || columns < 1 || codes.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "a grid of %d x %d has %d codes".formatted(rows, columns, codes.length));
    }
    codes = codes.clone();
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }

  /// Number of codes.
  public int size() {
    return codes.length;
  }

  /// The code at a place, both from 0.
  public int code(int row, int column) {
    if (column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException("column " + column + " of " + columns);
    }
    return codes[row * columns + column];
  }

  /// Whether a codebook of this size has all codes of the grid.
  public boolean isOf(int codebookSize) {
    return Arrays.stream(codes).allMatch(code -> code >= 0 && code < codebookSize);
  }

  /// The image part of a sequence: the tokens of each row, then a newline token. The length is rows
  /// · (columns + 1).
  public int[] tokenRows(SpecialTokens special) {
    return tokenRows(special, new boolean[codes.length]);
  }

  /// As [#tokenRows(SpecialTokens)], with the mask token at the masked places.
  ///
  /// @param masked rows · columns flags, row-major
  public int[] tokenRows(SpecialTokens special, boolean[] masked) {
    if (masked.length != codes.length) {
      throw new IllegalArgumentException(
          masked.length + " mask flags for " + codes.length + " codes");
    }
    int[] tokens = new int[codes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = masked[i] ? special.mask() : special.token(codes[i]);
    }
    return withNewlines(tokens, columns, special);
  }

  /// The image part of a sequence in which every code is still masked.
  static int[] maskedRows(int rows, int columns, SpecialTokens special) {
    int[] tokens = new int[Math.multiplyExact(rows, columns)];
    Arrays.fill(tokens, special.mask());
    return withNewlines(tokens, columns, special);
  }

  private static int[] withNewlines(int[] tokens, int columns, SpecialTokens special) {
    int rows = tokens.length / columns;
    int[] out = new int[rows * (columns + 1)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(tokens, row * columns, out, row * (columns + 1), columns);
      out[row * (columns + 1) + columns] = special.newline();
    }
    return out;
  }

  /// Reads a grid back from a sequence's tokens.
  ///
  /// @param start position of the first code
  /// @param undecided the code to take where the token is still masked, for previews; negative if
  ///   nothing may be masked any more
  /// @throws IllegalArgumentException if a token is neither an image code nor such a mask, or a row
  ///   does not end in a newline token
  public static CodeGrid read(
      int[] tokens, int start, int rows, int columns, SpecialTokens special, int undecided) {
    int[] codes = new int[rows * columns];
    for (int row = 0; row < rows; row++) {
      int from = start + row * (columns + 1);
      for (int column = 0; column < columns; column++) {
        codes[row * columns + column] = code(tokens, from + column, special, undecided);
      }
      if (tokens[from + columns] != special.newline()) {
        throw new IllegalArgumentException("no newline token at " + (from + columns));
      }
    }
    return new CodeGrid(rows, columns, codes);
  }

  private static int code(int[] tokens, int position, SpecialTokens special, int undecided) {
    int token = tokens[position];
    if (token == special.mask() && undecided >= 0) {
      return undecided;
    }
    if (!special.isCode(token)) {
      throw new IllegalArgumentException(
          "token %d at %d is no image code".formatted(token, position));
    }
    return token - special.codeOffset();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeGrid grid
        && rows == grid.rows
        && columns == grid.columns
        && Arrays.equals(codes, grid.codes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return "CodeGrid[" + rows + " x " + columns + "]";
  }
}
