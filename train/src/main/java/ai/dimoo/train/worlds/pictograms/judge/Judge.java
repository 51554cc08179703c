package ai.dimoo.train.worlds.pictograms.judge;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at pixels alone and says what stands where: every look of everything that is taught
/// (artist, rendering, tint, colour, size) is compared with the picture at every place. What
/// explains most is found first, then what explains most of the rest; in the end all that was found
/// is arranged from back to front and each compared once more with what looks like it. What no look
/// explains is unknown. Bears the blur of a VQ model. Immutable and safe to share between threads.
public final class Judge {

  /// The most that is looked for; more than a scene may have, so that too many are noticed.
  private static final int MOST = Scene.MOST_ITEMS + 2;

  /// Less background than this shows none of the world's pictures: four small things leave 0.75,
  /// two large ones at least 0.5.
  private static final double LEAST_BACKGROUND = 0.15;

  private final Map<Background, Map<Scale, Cells>> backgrounds;
  private final Looks looks;

  /// Prepares every look, which takes some seconds.
  ///
  /// @param things what is known
  /// @param compositor has drawn them
  public Judge(List<Thing> things, Compositor compositor) {
    backgrounds = View.backgrounds(compositor::render);
    looks = new Looks(things, compositor);
  }

  /// Whether a picture shows all that is asked and nothing else.
  public boolean satisfies(Requirement requirement, Picture picture) {
    return look(picture).meets(requirement);
  }

  /// What a picture shows.
  ///
  /// @param picture of a scene's size
  public Seen look(Picture picture) {
    if (picture.width() != Scene.SIDE || picture.height() != Scene.SIDE) {
      throw new IllegalArgumentException(
          "a picture of %s; expected %dx%d".formatted(picture.size(), Scene.SIDE, Scene.SIDE));
    }
    Map<Scale, Cells> cells = View.scaled(picture);
    Background background = View.background(cells.get(Scale.MEDIUM), backgrounds);
    Map<Scale, Cells> behind = backgrounds.get(background);
    if (new View(cells, behind).background() < LEAST_BACKGROUND) {
      return new Seen(background, List.of(), 1);
    }
    Set<Placed> refuted = new HashSet<>();
    while (true) {
      View view = new View(cells, behind);
      Verdict verdict = new Verdict(view, background, explain(view, refuted));
      Seen seen = verdict.seen();
      // what was taken for something else may have hidden what is there
      if (!refuted.addAll(verdict.dropped()) || refuted.size() > MOST) {
        return seen;
      }
    }
  }

  /// What explains the picture, the first explaining most.
  ///
  /// @param refuted what does not
  private List<Candidate> explain(View view, Set<Placed> refuted) {
    List<Candidate> found = new ArrayList<>();
    Places places = new Places(view, looks, refuted);
    while (found.size() < MOST) {
      Candidate best = places.best();
      if (best == null) {
        break;
      }
      found.add(best);
      places.explain(best);
    }
    return found;
  }
}
