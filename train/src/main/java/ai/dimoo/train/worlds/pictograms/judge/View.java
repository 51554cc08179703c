package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A picture before its background, at every scale, and which parts of it are still to be
/// explained.
final class View {

  /// A cell that differs more than this from the background shows an item, and all items differ
  /// alike from any background.
  private static final float BACKGROUND = 2000;

  private final Map<Scale, Cells> picture;
  private final Map<Scale, Cells> behind;
  private final Map<Scale, float[]> open = new EnumMap<>(Scale.class);

  View(Map<Scale, Cells> picture, Map<Scale, Cells> behind) {
    this.picture = picture;
    this.behind = behind;
    for (Scale scale : Scale.values()) {
      float[] all = new float[picture.get(scale).rgb().length / 3];
      Arrays.fill(all, 1);
      open.put(scale, all);
    }
  }

  static Map<Scale, Cells> scaled(Picture picture) {
    Map<Scale, Cells> scaled = new EnumMap<>(Scale.class);
    for (Scale scale : Scale.values()) {
      scaled.put(scale, Cells.of(picture, scale.side()));
    }
    return scaled;
  }

  Cells picture(Scale scale) {
    return picture.get(scale);
  }

  Cells behind(Scale scale) {
    return behind.get(scale);
  }

  /// How much of each cell is still to be explained, 0 to 1.
  float[] open(Scale scale) {
    return open.get(scale);
  }

  /// Takes from what is to be explained the cells that the template covers and is right about.
  void explain(Placed placed) {
    Patch patch = new Patch(this, Scale.MEDIUM, placed.template(), placed.column(), placed.row());
    float[] cells = placed.template().cells(Scale.MEDIUM);
    float[] open = open(Scale.MEDIUM);
    for (int cell = 0; cell < cells.length / 4; cell++) {
      if (cells[4 * cell + 3] > 0.02f && patch.distance(cells, cell) < TemplateFit.WRONG) {
        open[patch.inPicture(cell)] = 0;
      }
    }
    int columns = picture(Scale.COARSE).columns();
    float[] coarse = open(Scale.COARSE);
    Arrays.fill(coarse, 0);
    for (int cell = 0; cell < open.length; cell++) {
      coarse[cell / (2 * columns) / 2 * columns + cell % (2 * columns) / 2] += open[cell] / 4;
    }
  }

  /// Which background the picture seems to have.
  ///
  /// @param backgrounds each at the medium scale
  static Background background(Cells picture, Map<Background, Map<Scale, Cells>> backgrounds) {
    Background best = Background.WHITE;
    float least = Float.MAX_VALUE;
    for (Map.Entry<Background, Map<Scale, Cells>> entry : backgrounds.entrySet()) {
      Cells cells = entry.getValue().get(Scale.MEDIUM);
      float error = 0;
      for (int cell = 0; cell < picture.rgb().length / 3; cell++) {
        error += Math.min(BACKGROUND, picture.distance(cell, cells));
      }
      if (error < least) {
        least = error;
        best = entry.getKey();
      }
    }
    return best;
  }

  /// How much of the picture shows the background as it should be, 0 to 1.
  double background() {
    int shown = 0;
    int cells = picture(Scale.MEDIUM).rgb().length / 3;
    for (int cell = 0; cell < cells; cell++) {
      shown += picture(Scale.MEDIUM).distance(cell, behind(Scale.MEDIUM)) < BACKGROUND ? 1 : 0;
    }
    return shown / (double) cells;
  }

  /// Every background's cells.
  static Map<Background, Map<Scale, Cells>> backgrounds(Function<Scene, Picture> render) {
    Map<Background, Map<Scale, Cells>> all = new EnumMap<>(Background.class);
    for (Background background : Background.values()) {
      all.put(background, scaled(render.apply(new Scene(background, List.of()))));
    }
    return all;
  }
}
