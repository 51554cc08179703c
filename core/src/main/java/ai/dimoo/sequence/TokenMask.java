package ai.dimoo.sequence;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Which tokens of a picture's grid are to be regenerated. Immutable.
public final class TokenMask {

  private final int rows;
  private final int columns;
  private final BitSet masked; // bit row · columns + column

  private TokenMask(int rows, int columns, BitSet masked) {
    this.rows = rows;
    this.columns = columns;
    this.masked = masked;
  }

  /// Says of each token of a grid whether it is masked.
  @FunctionalInterface
  public interface Rule {
    boolean masks(int row, int column);
  }

  /// A mask of a grid of `rows` by `columns` tokens.
  public static TokenMask of(int rows, int columns, Rule rule) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no grid has " + rows + " rows, " + columns + " columns");
    }
    BitSet masked = new BitSet(rows * columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        masked.set(row * columns + column, rule.masks(row, column));
      }
    }
    return new TokenMask(rows, columns, masked);
  }

  /// A mask drawn as text, a line a row: `#` is masked, `.` is not.
  public static TokenMask parse(List<String> lines) {
    int columns = lines.getFirst().length();
    if (lines.stream().anyMatch(line -> line.length() != columns)) {
      throw new IllegalArgumentException("the lines of a mask differ in length: " + lines);
    }
    return of(lines.size(), columns, (row, column) -> lines.get(row).charAt(column) == '#');
  }

  /// Rows of the grid.
  public int rows() {
    return rows;
  }

  /// Tokens in a row.
  public int columns() {
    return columns;
  }

  /// Whether the token at this place is to be regenerated.
  public boolean masked(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException(
          "row %d, column %d of a grid of %dx%d".formatted(row, column, rows, columns));
    }
    return masked.get(row * columns + column);
  }

  /// How many tokens are masked.
  public int count() {
    return masked.cardinality();
  }

  /// The places of the masked tokens in row-major order: row · columns + column.
  public int[] indices() {
    return masked.stream().toArray();
  }

  /// The mask of all other tokens.
  public TokenMask inverted() {
    BitSet others = (BitSet) masked.clone();
    others.flip(0, rows * columns);
    return new TokenMask(rows, columns, others);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenMask m
        && m.rows == rows
        && m.columns == columns
        && m.masked.equals(masked);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new int[] {rows, columns, masked.hashCode()});
  }

  /// The mask drawn as [#parse] reads it.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        text.append(masked(row, column) ? '#' : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
