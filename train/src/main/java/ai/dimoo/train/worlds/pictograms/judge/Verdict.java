package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// From what is likely to what is sure: all that was found is arranged, each compared with what
/// looks like it, and what does not fit as it should is dropped.
final class Verdict {

  /// How many looks are compared in the end.
  private static final int OTHERS = 10;

  /// How much better a look must fit than anything of another name. Things that are not taught fit
  /// several looks about as well.
  private static final double LEAST_MARGIN = 0.15;

  /// The largest mean squared distance in a thing's box, round it, from what else was found: else
  /// it is a part of something unknown.
  private static final double MOST_AROUND = 2500;

  /// Looks of one thing whose errors differ by less than this factor cannot be told apart; then it
  /// is taken for what its artist drew.
  private static final double AS_WELL = 1.1;

  /// So many cells together that are plainly wrong show something unknown: half of what a small
  /// thing covers.
  private static final int LEAST_CELLS = 16;

  /// What explains more than this, and is not known, is there all the same: a third of what a small
  /// thing of little contrast does.
  private static final double CONSPICUOUS = 800_000;

  private final Arrangement arrangement;
  private final List<Candidate> candidates;
  private final Background background;
  private final List<Placed> dropped = new ArrayList<>();

  /// @param found what is likely, the first explaining most
  Verdict(View view, Background background, List<Candidate> found) {
    this.background = background;
    // what explains most is mostly whole, so before the others
    arrangement = new Arrangement(view, found.reversed().stream().map(Candidate::placed).toList());
    candidates = new ArrayList<>(found.reversed());
  }

  Seen seen() {
    arrangement.sort();
    List<Found> found = new ArrayList<>();
    List<Placed> order = arrangement.placed();
    for (int i = 0; i < order.size(); i++) {
      found.add(found(i, order.get(i)));
    }
    int conspicuous = 0;
    for (int i = found.size() - 1; i >= 0; i--) {
      TemplateFit fit = arrangement.fit(i);
      boolean known = order.get(i).template().isWord() ? fit.legible() : fit.known();
      if (!known
          || arrangement.errorAround(i) > MOST_AROUND
          || found.get(i).margin() < LEAST_MARGIN) {
        arrangement.remove(i);
        found.remove(i);
        dropped.add(order.get(i));
        conspicuous += gain(order.get(i)) > CONSPICUOUS ? 1 : 0;
      }
    }
    int unknown = arrangement.unexplained(TemplateFit.WRONG, LEAST_CELLS);
    return new Seen(background, found, Math.max(unknown, conspicuous));
  }

  /// What was likely and is not so.
  List<Placed> dropped() {
    return List.copyOf(dropped);
  }

  private double gain(Placed placed) {
    return candidates.stream()
        .filter(candidate -> candidate.placed() == placed)
        .mapToDouble(Candidate::gain)
        .sum();
  }

  private Found found(int index, Placed placed) {
    List<Template> looks = new ArrayList<>();
    looks.add(placed.template());
    for (Candidate candidate : candidates) {
      if (candidate.placed() == placed) {
        candidate.looks().stream()
            .filter(look -> look != placed.template())
            .limit(OTHERS)
            .forEach(looks::add);
      }
    }
    double[] errors = arrangement.errors(index, looks);
    int best = best(looks, errors);
    Template chosen = looks.get(best);
    arrangement.set(index, chosen);
    Set<Subject> alike = new LinkedHashSet<>();
    double nextName = Double.POSITIVE_INFINITY;
    for (int i = 0; i < errors.length; i++) {
      Template look = looks.get(i);
      boolean sameName = look.name().equals(chosen.name());
      if (i != best && (look.alike(chosen) || sameName && errors[i] <= AS_WELL * errors[best])) {
        alike.add(look.subject());
      } else if (!sameName) {
        nextName = Math.min(nextName, errors[i]);
      }
    }
    Item item = new Item(chosen.subject(), placed.column(), placed.row(), chosen.size());
    return new Found(item, List.copyOf(alike), nextName <= 0 ? 0 : 1 - errors[best] / nextName);
  }

  /// The index of the look with the least error, or of the plain one of the same thing if that fits
  /// about as well.
  private static int best(List<Template> looks, double[] errors) {
    int best = 0;
    for (int i = 1; i < errors.length; i++) {
      best = errors[i] < errors[best] ? i : best;
    }
    for (int i = 0; i < errors.length; i++) {
      if (errors[i] <= AS_WELL * errors[best]
          && looks.get(i).plain()
          && looks.get(i).name().equals(looks.get(best).name())) {
        return i;
      }
    }
    return best;
  }
}
