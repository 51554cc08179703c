package ai.dimoo.train.vq;

import ai.dimoo.image.Picture;
import ai.dimoo.train.source.Layered;

/// A picture cut into square tiles, numbered row by row from the top left. A tile is four numbers a
/// pixel: red, green, blue and how much of it things cover. Where things cover any of it, the
/// colours are those of the things on grey, whatever lies behind them; elsewhere those that are
/// seen.
final class Tiles {

  /// Numbers of a pixel.
  static final int PLANES = 4;

  private final byte[] rgb;
  private final byte[] things;
  private final byte[] coverage;
  private final int columns;
  private final int rows;
  private final int side;

  private Tiles(Layered layers, int side) {
    Picture picture = layers.picture();
    rgb = picture.toBytes();
    things = layers.things().toBytes();
    coverage = layers.coverage();
    columns = picture.width() / side;
    rows = picture.height() / side;
    this.side = side;
  }

  /// @param side pixels along a tile's side
  /// @throws IllegalArgumentException if the picture is not whole tiles
  static Tiles of(Layered layers, int side) {
    Picture picture = layers.picture();
    if (picture.width() % side != 0 || picture.height() % side != 0) {
      throw new IllegalArgumentException(picture + " cannot be cut into tiles of " + side);
    }
    return new Tiles(layers, side);
  }

  /// Tiles in a row.
  int columns() {
    return columns;
  }

  /// Rows of tiles.
  int rows() {
    return rows;
  }

  int count() {
    return rows * columns;
  }

  /// A number for a tile's bytes: equal for equal ones. Of a million different tiles two have the
  /// same number with a probability of 3e-8.
  static long key(byte[] tile) {
    long key = 0;
    for (byte value : tile) {
      key = (key ^ value) * 0x100000001B3L + 0x9E3779B97F4A7C15L;
    }
    return key;
  }

  /// The four numbers of each pixel of a tile, row by row: [side · side · 4]
  byte[] bytes(int tile) {
    byte[] from = covered(tile) ? things : rgb;
    byte[] bytes = new byte[PLANES * side * side];
    int at = 0;
    for (int y = 0; y < side; y++) {
      int pixel = offset(tile, y);
      for (int x = 0; x < side; x++, pixel++) {
        bytes[at++] = from[3 * pixel];
        bytes[at++] = from[3 * pixel + 1];
        bytes[at++] = from[3 * pixel + 2];
        bytes[at++] = coverage[pixel];
      }
    }
    return bytes;
  }

  private boolean covered(int tile) {
    for (int y = 0; y < side; y++) {
      int from = offset(tile, y);
      for (int pixel = from; pixel < from + side; pixel++) {
        if (coverage[pixel] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /// The pixel that a row of a tile begins with.
  private int offset(int tile, int y) {
    int top = tile / columns * side + y;
    return top * columns * side + tile % columns * side;
  }
}
