package ai.dimoo.train.vq;

import ai.dimoo.image.Picture;
import java.util.Arrays;

/// A picture cut into square tiles, numbered row by row from the top left.
///
/// @param rgb the picture's bytes: red, green, blue of each pixel; not copied
/// @param columns tiles in a row
/// @param rows rows of tiles
/// @param side pixels along a tile's side
record Tiles(byte[] rgb, int columns, int rows, int side) {

  /// @throws IllegalArgumentException if the picture is not whole tiles
  static Tiles of(Picture picture, int side) {
    if (picture.width() % side != 0 || picture.height() % side != 0) {
      throw new IllegalArgumentException(picture + " cannot be cut into tiles of " + side);
    }
    return new Tiles(picture.toBytes(), picture.width() / side, picture.height() / side, side);
  }

  int count() {
    return rows * columns;
  }

  /// A number for the tile's pixels: equal for equal ones. Of a million different tiles two have
  /// the same number with a probability of 3e-8.
  long key(int tile) {
    long key = 0;
    for (int y = 0; y < side; y++) {
      int from = offset(tile, y);
      for (int i = from; i < from + 3 * side; i++) {
        key = (key ^ rgb[i]) * 0x100000001B3L + 0x9E3779B97F4A7C15L;
      }
    }
    return key;
  }

  /// The tile's bytes, in the order of the picture's.
  byte[] bytes(int tile) {
    byte[] bytes = new byte[3 * side * side];
    for (int y = 0; y < side; y++) {
      System.arraycopy(rgb, offset(tile, y), bytes, 3 * side * y, 3 * side);
    }
    return bytes;
  }

  /// Where a row of a tile's pixels begins.
  private int offset(int tile, int y) {
    int top = tile / columns * side + y;
    return 3 * (top * columns * side + tile % columns * side);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tiles t
        && columns == t.columns
        && side == t.side
        && Arrays.equals(rgb, t.rgb);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Tiles[" + rows + " x " + columns + " of " + side + " pixels]";
  }
}
