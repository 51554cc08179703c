package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.image.Picture;

/// A picture averaged over square cells: blur and noise that a VQ model leaves hardly change it.
///
/// @param side pixels of a cell's side
/// @param columns cells in a row; as many rows
/// @param rgb mean red, green and blue of each cell, row by row, 0 to 255
record Cells(int side, int columns, float[] rgb) {

  static Cells of(Picture picture, int side) {
    int columns = picture.width() / side;
    byte[] bytes = picture.toBytes();
    float[] rgb = new float[3 * columns * columns];
    float share = 1f / (side * side);
    for (int y = 0; y < columns * side; y++) {
      for (int x = 0; x < columns * side; x++) {
        int from = 3 * (y * picture.width() + x);
        int to = 3 * (y / side * columns + x / side);
        for (int channel = 0; channel < 3; channel++) {
          rgb[to + channel] += (bytes[from + channel] & 0xff) * share;
        }
      }
    }
    return new Cells(side, columns, rgb);
  }

  /// The squared distance of a cell's colour from the same cell of another picture: 0 to 3·255².
  float distance(int cell, Cells other) {
    float red = rgb[3 * cell] - other.rgb[3 * cell];
    float green = rgb[3 * cell + 1] - other.rgb[3 * cell + 1];
    float blue = rgb[3 * cell + 2] - other.rgb[3 * cell + 2];
    return red * red + green * green + blue * blue;
  }
}
