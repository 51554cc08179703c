package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.image.Box;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;

/// Something at a place. Immutable.
///
/// @param column tokens between the picture's left edge and the item's, an even number
/// @param row tokens between the picture's top edge and the item's, an even number
/// @param size of a thing or shape; words are always small: as high as a small thing, a letter
///   being a token wide
public record Item(Subject subject, int column, int row, ItemSize size) {

  public Item {
    int columns = columns(subject, size);
    if (column % 2 != 0 || row % 2 != 0) {
      throw new IllegalArgumentException(
          subject + " at " + column + "," + row + "; expected an even row and column");
    }
    if (column < 0
        || row < 0
        || column + columns > Scene.TOKENS
        || row + size.tokens() > Scene.TOKENS) {
      throw new IllegalArgumentException(
          subject + " at " + column + "," + row + " leaves the picture");
    }
    if (subject instanceof Word && size != ItemSize.SMALL) {
      throw new IllegalArgumentException(subject + " is " + size + "; letters are always small");
    }
  }

  private static int columns(Subject subject, ItemSize size) {
    return subject instanceof Word word ? word.letters().length() : size.tokens();
  }

  /// Width in tokens.
  public int columns() {
    return columns(subject, size);
  }

  /// Height in tokens.
  public int rows() {
    return size.tokens();
  }

  /// The pixels that belong to it, filled or not.
  public Box box() {
    int token = Scene.TOKEN;
    return new Box(column * token, row * token, columns() * token, rows() * token);
  }

  /// Whether the two have a token in common.
  public boolean overlaps(Item other) {
    return column < other.column + other.columns()
        && other.column < column + columns()
        && row < other.row + other.rows()
        && other.row < row + rows();
  }

  /// The same subject elsewhere.
  public Item at(int otherColumn, int otherRow) {
    return new Item(subject, otherColumn, otherRow, size);
  }

  /// Another subject at the same place.
  public Item with(Subject other) {
    return new Item(other, column, row, size);
  }
}
