package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every place of a picture, and what is likeliest to stand there. Searches again only where
/// something was explained in the meantime.
final class Places {

  /// Everything stands at even rows and columns of tokens.
  private static final int LATTICE = 2;

  /// What differs less than this from the background, on average of a place, is empty.
  private static final double EMPTY = 40;

  private static final class Place {
    final ItemSize size;
    final int column;
    final int row;
    boolean searched;
    @Nullable Candidate best;

    Place(ItemSize size, int column, int row) {
      this.size = size;
      this.column = column;
      this.row = row;
    }

    boolean touches(Placed placed) {
      Template template = placed.template();
      int side = size.tokens();
      return column < placed.column() + template.columns()
          && placed.column() < column + side
          && row < placed.row() + template.rows()
          && placed.row() < row + side;
    }
  }

  private final View view;
  private final Looks looks;
  private final Set<Placed> refuted;
  private final Letters letters;
  private final List<Place> places = new ArrayList<>();

  /// @param refuted what is not to be found
  Places(View view, Looks looks, Set<Placed> refuted) {
    this.view = view;
    this.refuted = refuted;
    this.looks = looks;
    letters = new Letters(view, looks);
    for (ItemSize size : ItemSize.values()) {
      int last = Scene.TOKENS - size.tokens();
      for (int row = 0; row <= last; row += LATTICE) {
        for (int column = 0; column <= last; column += LATTICE) {
          places.add(new Place(size, column, row));
        }
      }
    }
  }

  /// What explains most; null if nothing is likely anywhere.
  @Nullable Candidate best() {
    Candidate best = null;
    for (Place place : places) {
      if (!place.searched) {
        place.best = search(place);
        place.searched = true;
      }
      best = better(best, place.best);
    }
    for (int row = 0; row < Scene.TOKENS; row += LATTICE) {
      for (Candidate word : letters.inRow(row)) {
        best = refuted.contains(word.placed()) ? best : better(best, word);
      }
    }
    return best;
  }

  /// What fits as it should comes before what is only likely, then what explains more and fits
  /// better.
  private static @Nullable Candidate better(@Nullable Candidate a, @Nullable Candidate b) {
    if (b == null || !b.likely()) {
      return a;
    }
    if (a == null || a.known() != b.known()) {
      return a == null || b.known() ? b : a;
    }
    return a.weight() >= b.weight() ? a : b;
  }

  private @Nullable Candidate search(Place place) {
    List<Template> all = looks.of(place.size);
    Patch coarse = new Patch(view, Scale.COARSE, all.getFirst(), place.column, place.row);
    int pixels = place.size.pixels() * place.size.pixels();
    return coarse.errorOfBackground() < EMPTY * pixels
        ? null
        : Search.at(view, all, place.column, place.row, refuted);
  }

  /// Takes what a candidate explains from what is to be explained.
  void explain(Candidate candidate) {
    view.explain(candidate.placed());
    for (Place place : places) {
      place.searched &= !place.touches(candidate.placed());
    }
  }
}
