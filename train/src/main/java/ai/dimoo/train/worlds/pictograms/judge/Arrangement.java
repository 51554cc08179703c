package ai.dimoo.train.worlds.pictograms.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Templates over one another, from back to front, and how well all of them together explain a
/// picture.
final class Arrangement {

  /// An overlap of fewer pixels says nothing about what is before what.
  private static final int FEW_PIXELS = 40;

  /// An order that explains what both cover clearly better leaves this share of the other's error.
  private static final double CLEARLY = 0.9;

  private final View view;
  private final List<Placed> placed;

  Arrangement(View view, List<Placed> backToFront) {
    this.view = view;
    placed = new ArrayList<>(backToFront);
  }

  List<Placed> placed() {
    return List.copyOf(placed);
  }

  /// Swaps neighbours in the order of painting where that explains better what both cover. Where
  /// hardly a pixel tells, what stands lower is before the other, as on the ground.
  void sort() {
    for (int pass = 1; pass < placed.size(); pass++) {
      for (int i = 0; i + 1 < placed.size(); i++) {
        if (wrong(i)) {
          Collections.swap(placed, i, i + 1);
        }
      }
    }
  }

  /// Whether one should lie before the next.
  private boolean wrong(int index) {
    Placed back = placed.get(index);
    Placed front = placed.get(index + 1);
    float[] shared = back.shared(front);
    double pixels = 0;
    for (float share : shared) {
      pixels += share * Scale.FINE.side() * Scale.FINE.side();
    }
    boolean lower = back.bottom() > front.bottom();
    if (pixels < FEW_PIXELS) {
      return lower;
    }
    double before = error(shared);
    Collections.swap(placed, index, index + 1);
    double after = error(shared);
    Collections.swap(placed, index, index + 1);
    boolean clear = Math.min(before, after) < CLEARLY * Math.max(before, after);
    return clear ? after < before : lower;
  }

  /// The errors in the box of one with each of some templates in its place, all others as they are.
  double[] errors(int index, List<Template> templates) {
    Placed old = placed.get(index);
    double[] errors = new double[templates.size()];
    for (int i = 0; i < errors.length; i++) {
      placed.set(index, new Placed(templates.get(i), old.column(), old.row()));
      errors[i] = error(placed.get(index));
    }
    placed.set(index, old);
    return errors;
  }

  /// Puts a template in the place of one.
  void set(int index, Template template) {
    Placed old = placed.get(index);
    placed.set(index, new Placed(template, old.column(), old.row()));
  }

  void remove(int index) {
    placed.remove(index);
  }

  /// The sum of the pixels' squared distances from what is arranged.
  ///
  /// @param weights of each cell at the fine scale
  private double error(float[] weights) {
    Cells seen = view.picture(Scale.FINE);
    Cells painted = painted(Scale.FINE, placed.size());
    double sum = 0;
    for (int cell = 0; cell < weights.length; cell++) {
      sum += weights[cell] * seen.distance(cell, painted);
    }
    return sum * Scale.FINE.side() * Scale.FINE.side();
  }

  /// The same in one's box.
  private double error(Placed box) {
    Cells seen = view.picture(Scale.FINE);
    Cells painted = painted(Scale.FINE, placed.size());
    double sum = 0;
    for (int cell = 0; cell < box.template().cells(Scale.FINE).length / 4; cell++) {
      sum += seen.distance(box.inPicture(cell, Scale.FINE, seen.columns()), painted);
    }
    return sum * Scale.FINE.side() * Scale.FINE.side();
  }

  /// The background with the hindmost templates before it.
  Cells painted(Scale scale, int count) {
    Cells behind = view.behind(scale);
    float[] rgb = behind.rgb().clone();
    for (Placed one : placed.subList(0, count)) {
      float[] cells = one.template().cells(scale);
      for (int cell = 0; cell < cells.length / 4; cell++) {
        int to = 3 * one.inPicture(cell, scale, behind.columns());
        float through = 1 - cells[4 * cell + 3];
        for (int channel = 0; channel < 3; channel++) {
          rgb[to + channel] = cells[4 * cell + channel] + through * rgb[to + channel];
        }
      }
    }
    return new Cells(scale.side(), behind.columns(), rgb);
  }

  /// How well one fits where those before it leave it to be seen.
  TemplateFit fit(int index) {
    Scale scale = Scale.MEDIUM;
    Cells seen = view.picture(scale);
    Cells without = painted(scale, index);
    Cells with = painted(scale, index + 1);
    float[] hidden = new float[seen.rgb().length / 3];
    for (Placed front : placed.subList(index + 1, placed.size())) {
      float[] cells = front.template().cells(scale);
      for (int cell = 0; cell < cells.length / 4; cell++) {
        int at = front.inPicture(cell, scale, seen.columns());
        hidden[at] = Math.max(hidden[at], cells[4 * cell + 3]);
      }
    }
    Placed one = placed.get(index);
    float[] cells = one.template().cells(scale);
    TemplateFit.Sums sums = new TemplateFit.Sums();
    for (int cell = 0; cell < cells.length / 4; cell++) {
      int at = one.inPicture(cell, scale, seen.columns());
      sums.add(
          cells[4 * cell + 3], 1 - hidden[at], seen.distance(at, with), with.distance(at, without));
    }
    return sums.fit();
  }

  /// The mean squared distance of the picture from what is arranged in one's box, where it does not
  /// cover the picture itself.
  double errorAround(int index) {
    Scale scale = Scale.MEDIUM;
    Cells seen = view.picture(scale);
    Cells painted = painted(scale, placed.size());
    Placed one = placed.get(index);
    float[] cells = one.template().cells(scale);
    double around = 0;
    double error = 0;
    for (int cell = 0; cell < cells.length / 4; cell++) {
      double weight = 1 - cells[4 * cell + 3];
      around += weight;
      error += weight * seen.distance(one.inPicture(cell, scale, seen.columns()), painted);
    }
    return around == 0 ? 0 : error / around;
  }

  /// How many connected parts of the picture nothing here explains.
  ///
  /// @param wrong from this squared distance on a cell is not explained
  /// @param least a part of fewer cells does not count
  int unexplained(double wrong, int least) {
    Cells seen = view.picture(Scale.MEDIUM);
    Cells painted = painted(Scale.MEDIUM, placed.size());
    boolean[] open = new boolean[seen.rgb().length / 3];
    for (int cell = 0; cell < open.length; cell++) {
      open[cell] = seen.distance(cell, painted) >= wrong;
    }
    int parts = 0;
    for (int cell = 0; cell < open.length; cell++) {
      parts += open[cell] && flood(open, cell, seen.columns()) >= least ? 1 : 0;
    }
    return parts;
  }

  /// Clears a connected part and counts its cells.
  private static int flood(boolean[] open, int start, int columns) {
    int[] stack = new int[open.length];
    int depth = 0;
    int count = 0;
    stack[depth++] = start;
    open[start] = false;
    while (depth > 0) {
      int cell = stack[--depth];
      count++;
      int x = cell % columns;
      for (int next :
          new int[] {
            cell - columns, cell + columns, x > 0 ? cell - 1 : -1, x + 1 < columns ? cell + 1 : -1
          }) {
        if (next >= 0 && next < open.length && open[next]) {
          open[next] = false;
          stack[depth++] = next;
        }
      }
    }
    return count;
  }
}
