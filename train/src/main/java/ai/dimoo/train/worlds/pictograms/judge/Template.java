package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.Sprite;
import java.util.EnumSet;
import java.util.Set;

/// One look of one subject, averaged over cells.
final class Template {

  private static final Set<Rendering> COLOURLESS =
      EnumSet.of(Rendering.SILHOUETTE, Rendering.OUTLINE, Rendering.HATCHED);

  /// The mean squared difference, of all channels and coverage, of looks that are taken for one.
  private static final double ALIKE = 150;

  private final Subject subject;
  private final ItemSize size;
  private final float[] coarse;
  private final float[] medium;
  private final float[] fine;
  private final int width;
  private final int height;

  /// @param sprite its sides are multiples of [Scale#COARSE]'s cells
  Template(Subject subject, ItemSize size, Sprite sprite) {
    this.subject = subject;
    this.size = size;
    width = sprite.width();
    height = sprite.height();
    fine = averaged(sprite, Scale.FINE);
    medium = averaged(sprite, Scale.MEDIUM);
    coarse = averaged(sprite, Scale.COARSE);
  }

  Subject subject() {
    return subject;
  }

  ItemSize size() {
    return size;
  }

  /// What it is, whatever its artist, rendering and colour.
  Object name() {
    return switch (subject) {
      case Pictogram pictogram -> pictogram.thing();
      case Simple simple -> simple.shape();
      case Figure figure -> figure.pose();
      case Word word -> word.letters();
    };
  }

  /// Whether it is as its artist drew it.
  boolean plain() {
    return subject instanceof Pictogram p && p.rendering() == Rendering.PLAIN && p.tint() == null;
  }

  boolean isWord() {
    return subject instanceof Word;
  }

  /// Its width in tokens.
  int columns() {
    return width / Scene.TOKEN;
  }

  /// Its height in tokens.
  int rows() {
    return height / Scene.TOKEN;
  }

  /// Its width in cells.
  int columns(Scale scale) {
    return width / scale.side();
  }

  /// Its height in cells.
  int rows(Scale scale) {
    return height / scale.side();
  }

  /// Red, green and blue times coverage, 0 to 255, and coverage, 0 to 1, of each cell, row by row.
  float[] cells(Scale scale) {
    return switch (scale) {
      case COARSE -> coarse;
      case MEDIUM -> medium;
      case FINE -> fine;
    };
  }

  /// Whether pixels cannot tell the two apart: by what they show, where a VQ model's blur hides so
  /// small a difference; or because they are silhouettes, outlines or hatchings of things whose
  /// silhouettes coincide.
  boolean alike(Template other) {
    if (subject instanceof Pictogram a
        && other.subject instanceof Pictogram b
        && a.rendering() == b.rendering()
        && COLOURLESS.contains(a.rendering())
        && a.thing().silhouette().equals(b.thing().silhouette())) {
      return true;
    }
    double sum = 0;
    double covered = 0;
    for (int cell = 0; cell < fine.length; cell += 4) {
      for (int channel = 0; channel < 3; channel++) {
        double difference = fine[cell + channel] - other.fine[cell + channel];
        sum += difference * difference;
      }
      double coverage = 255 * (fine[cell + 3] - other.fine[cell + 3]);
      sum += coverage * coverage;
      covered += fine[cell + 3];
    }
    return sum < ALIKE * covered;
  }

  private static float[] averaged(Sprite sprite, Scale scale) {
    int side = scale.side();
    int columns = sprite.width() / side;
    float[] cells = new float[4 * columns * (sprite.height() / side)];
    for (int y = 0; y < sprite.height(); y++) {
      for (int x = 0; x < sprite.width(); x++) {
        int pixel = sprite.argb(x, y);
        float coverage = (pixel >>> 24) / (255f * side * side);
        int cell = 4 * (y / side * columns + x / side);
        cells[cell] += coverage * (pixel >> 16 & 0xff);
        cells[cell + 1] += coverage * (pixel >> 8 & 0xff);
        cells[cell + 2] += coverage * (pixel & 0xff);
        cells[cell + 3] += coverage;
      }
    }
    return cells;
  }
}
