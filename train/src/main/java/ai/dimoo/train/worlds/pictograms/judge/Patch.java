package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Scene;

/// The cells of a picture where a template of some size may lie, copied out so that many templates
/// can be compared with them quickly.
final class Patch {

  private final int columns;
  private final int rows;
  private final int first;
  private final int stride;
  private final float area;
  private final float[] picture;
  private final float[] behind;
  private final float[] open;

  /// @param any a template of the size
  /// @param column in tokens
  /// @param row in tokens
  Patch(View view, Scale scale, Template any, int column, int row) {
    columns = any.columns(scale);
    rows = any.rows(scale);
    stride = view.picture(scale).columns();
    int perToken = Scene.TOKEN / scale.side();
    first = row * perToken * stride + column * perToken;
    area = scale.side() * scale.side();
    picture = new float[3 * columns * rows];
    behind = new float[picture.length];
    open = new float[columns * rows];
    for (int y = 0; y < rows; y++) {
      int from = first + y * stride;
      System.arraycopy(view.picture(scale).rgb(), 3 * from, picture, 3 * y * columns, 3 * columns);
      System.arraycopy(view.behind(scale).rgb(), 3 * from, behind, 3 * y * columns, 3 * columns);
      System.arraycopy(view.open(scale), from, open, y * columns, columns);
    }
  }

  /// The cell of the whole picture.
  int inPicture(int cell) {
    return first + cell / columns * stride + cell % columns;
  }

  /// The squared distance of a template's cell, before the background, from the picture's.
  float distance(float[] template, int cell) {
    int t = 4 * cell;
    int p = 3 * cell;
    float through = 1 - template[t + 3];
    float red = template[t] + through * behind[p] - picture[p];
    float green = template[t + 1] + through * behind[p + 1] - picture[p + 1];
    float blue = template[t + 2] + through * behind[p + 2] - picture[p + 2];
    return red * red + green * green + blue * blue;
  }

  /// The sum over open cells of their pixels' squared distances; at least `limit` where it would
  /// come to more than that.
  float error(float[] template, float limit) {
    float sum = 0;
    float most = limit / area;
    for (int row = 0; row < rows; row++) {
      for (int cell = row * columns; cell < (row + 1) * columns; cell++) {
        sum += open[cell] * distance(template, cell);
      }
      if (sum >= most) {
        return limit;
      }
    }
    return sum * area;
  }

  /// The same without any template: of the background alone.
  float errorOfBackground() {
    float sum = 0;
    for (int cell = 0; cell < open.length; cell++) {
      sum += open[cell] * distanceOfBackground(cell);
    }
    return sum * area;
  }

  private float distanceOfBackground(int cell) {
    int p = 3 * cell;
    float red = behind[p] - picture[p];
    float green = behind[p + 1] - picture[p + 1];
    float blue = behind[p + 2] - picture[p + 2];
    return red * red + green * green + blue * blue;
  }

  /// How well a template fits where it covers the picture.
  TemplateFit fit(float[] template) {
    TemplateFit.Sums sums = new TemplateFit.Sums();
    for (int cell = 0; cell < open.length; cell++) {
      sums.add(
          template[4 * cell + 3], open[cell], distance(template, cell), distanceOfBackground(cell));
    }
    return sums.fit();
  }
}
