package ai.dimoo.train.worlds.pictograms.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the looks that fit best at a place: all are compared at a coarse scale, the best of them
/// at a finer one.
final class Search {

  /// How many looks are compared at the finer scale.
  private static final int KEPT = 24;

  /// What a look must explain at least, as a share of what the best does.
  private static final double NEARLY = 0.7;

  private record Scored(Template template, double error) {}

  private Search() {}

  /// The look that explains a place best, or, where that does not fit as it should, the best that
  /// does and explains nearly as much; null if none does better than the background alone.
  ///
  /// @param looks all of one size
  /// @param refuted what is not to be found
  static @Nullable Candidate at(
      View view, List<Template> looks, int column, int row, Set<Placed> refuted) {
    Patch patch = new Patch(view, Scale.MEDIUM, looks.getFirst(), column, row);
    double empty = patch.errorOfBackground();
    List<Template> best = best(view, looks, Scale.COARSE, Scale.MEDIUM, column, row);
    Candidate first = null;
    for (Template look : best) {
      Placed placed = new Placed(look, column, row);
      if (refuted.contains(placed)) {
        continue;
      }
      float[] cells = look.cells(Scale.MEDIUM);
      double gain = empty - patch.error(cells, Float.MAX_VALUE);
      if (gain <= 0 || first != null && gain < NEARLY * first.gain()) {
        break;
      }
      Candidate candidate = new Candidate(placed, gain, patch.fit(cells), best);
      if (candidate.fit().known()) {
        return candidate;
      }
      first = first == null ? candidate : first;
    }
    return first;
  }

  /// The looks that fit best, the best first.
  static List<Template> best(
      View view, List<Template> looks, Scale rough, Scale precise, int column, int row) {
    Patch roughly = new Patch(view, rough, looks.getFirst(), column, row);
    Patch precisely = new Patch(view, precise, looks.getFirst(), column, row);
    List<Scored> scored = new ArrayList<>();
    for (int look : nearest(roughly, rough, looks)) {
      Template template = looks.get(look);
      scored.add(new Scored(template, precisely.error(template.cells(precise), Float.MAX_VALUE)));
    }
    scored.sort(Comparator.comparingDouble(Scored::error));
    return scored.stream().map(Scored::template).toList();
  }

  /// The indices of the looks with the least errors, in no order.
  private static int[] nearest(Patch patch, Scale scale, List<Template> looks) {
    int[] best = new int[KEPT];
    float[] errors = new float[KEPT];
    Arrays.fill(errors, patch.errorOfBackground());
    int found = 0;
    for (int i = 0; i < looks.size(); i++) {
      float worst = errors[KEPT - 1];
      float error = patch.error(looks.get(i).cells(scale), worst);
      if (error < worst) {
        int at = KEPT - 1;
        while (at > 0 && errors[at - 1] > error) {
          errors[at] = errors[at - 1];
          best[at] = best[at - 1];
          at--;
        }
        errors[at] = error;
        best[at] = i;
        found = Math.min(KEPT, found + 1);
      }
    }
    return Arrays.copyOf(best, found);
  }
}
