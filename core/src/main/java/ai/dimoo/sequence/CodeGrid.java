package ai.dimoo.sequence;

import java.util.Arrays;

/// A picture as the codes of its patches, row by row from the top left. Immutable.
///
/// @param rows picture height in patches, 1 or more
/// @param columns picture width in patches, 1 or more
/// @param codes rows · columns image codes, row-major, 0 ≤ code < codebook size or {@link #MASKED};
///   copied in and out
public record CodeGrid(int rows, int columns, int[] codes) {

  /// In place of a code: not decided yet.
  public static final int MASKED = -1;

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

  /// A grid of which nothing is decided.
  public static CodeGrid masked(int rows, int columns) {
    int[] codes = new int[Math.multiplyExact(rows, columns)];
    Arrays.fill(codes, MASKED);
    return new CodeGrid(rows, columns, codes);
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

  /// Whether nothing is masked.
  public boolean isDecided() {
    return Arrays.stream(codes).noneMatch(code -> code == MASKED);
  }

  /// The same grid, masked at more places.
  ///
  /// @param mask of the same size
  public CodeGrid masked(TokenMask mask) {
    if (mask.rows() != rows || mask.columns() != columns) {
      throw new IllegalArgumentException(
          "a mask of %d x %d for a grid of %d x %d"
              .formatted(mask.rows(), mask.columns(), rows, columns));
    }
    int[] some = codes.clone();
    for (int index : mask.indices()) {
      some[index] = MASKED;
    }
    return new CodeGrid(rows, columns, some);
  }

  /// The image part of a sequence: the tokens of each row, masks among them, then a newline token.
  /// The length is rows · (columns + 1).
  public TokenIds tokenRows(SpecialTokens special) {
    int[] tokens = new int[rows * (columns + 1)];
    Arrays.fill(tokens, special.newline());
    for (int i = 0; i < codes.length; i++) {
      tokens[i + i / columns] = codes[i] == MASKED ? special.mask() : special.token(codes[i]);
    }
    return TokenIds.of(tokens);
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
