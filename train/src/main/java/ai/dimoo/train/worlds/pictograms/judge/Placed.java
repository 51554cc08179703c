package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Scene;

/// A template at a place.
///
/// @param column in tokens from the left
/// @param row in tokens from the top
record Placed(Template template, int column, int row) {

  /// The cell of a picture in which one of the template's cells lies.
  ///
  /// @param columns cells in a row of the picture
  int inPicture(int cell, Scale scale, int columns) {
    int perToken = Scene.TOKEN / scale.side();
    int across = template.columns(scale);
    return (row * perToken + cell / across) * columns + column * perToken + cell % across;
  }

  /// The row of tokens below it.
  int bottom() {
    return row + template.rows();
  }

  /// How much of each cell of the picture both cover, 0 to 1, at the fine scale.
  float[] shared(Placed other) {
    float[] mine = template.cells(Scale.FINE);
    float[] others = other.template.cells(Scale.FINE);
    int columns = Scene.SIDE / Scale.FINE.side();
    float[] covered = new float[columns * columns];
    float[] shared = new float[columns * columns];
    for (int cell = 0; cell < mine.length / 4; cell++) {
      covered[inPicture(cell, Scale.FINE, columns)] = mine[4 * cell + 3];
    }
    for (int cell = 0; cell < others.length / 4; cell++) {
      int at = other.inPicture(cell, Scale.FINE, columns);
      shared[at] = covered[at] * others[4 * cell + 3];
    }
    return shared;
  }
}
