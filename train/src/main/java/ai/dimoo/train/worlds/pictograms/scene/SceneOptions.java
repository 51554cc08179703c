package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which scenes a [SceneGenerator] draws. Immutable.
///
/// @param weights how often each kind of scene comes, relative to the others
/// @param things what may stand in them
/// @param coreShare how often, from 0 to 1, kinds of scene with several things draw each of them
///   from the core things, else from all
/// @param split the only one that scenes come from
/// @param mixedShare how often, from 0 to 1, the things of a scene are by different artists
public record SceneOptions(
    Map<SceneKind, Double> weights,
    List<Thing> things,
    double coreShare,
    Split split,
    double mixedShare) {

  public SceneOptions {
    weights = Map.copyOf(weights);
    things = List.copyOf(things);
    requireShare("coreShare", coreShare);
    requireShare("mixedShare", mixedShare);
    if (weights.values().stream().anyMatch(weight -> !(weight >= 0))
        || weights.values().stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException("weights " + weights + "; expected some above 0");
    }
    if (things.size() < 4 || things.stream().noneMatch(Thing::rendered)) {
      throw new IllegalArgumentException(
          things.size() + " things; expected 4 at least, one of them in renderings");
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " " + share + "; expected 0 to 1");
    }
  }

  /// Every kind of scene and every thing, for training.
  public static SceneOptions standard() {
    return atProgress(1);
  }

  /// A step of the curriculum: at 0 most scenes show one thing, at 1 most show several, and between
  /// them the harder kinds come in linearly.
  ///
  /// @param progress 0 to 1
  public static SceneOptions atProgress(double progress) {
    requireShare("progress", progress);
    Map<SceneKind, Double> weights = new EnumMap<>(SceneKind.class);
    weights.put(SceneKind.SINGLE, between(0.70, 0.22, progress));
    weights.put(SceneKind.PAIR, between(0.03, 0.17, progress));
    weights.put(SceneKind.RELATION, between(0.03, 0.17, progress));
    weights.put(SceneKind.FRONT, between(0.00, 0.04, progress));
    weights.put(SceneKind.COUNT, between(0.04, 0.13, progress));
    weights.put(SceneKind.GROUP, between(0.00, 0.07, progress));
    weights.put(SceneKind.COLOURED, between(0.10, 0.10, progress));
    weights.put(SceneKind.RENDERED, between(0.06, 0.04, progress));
    weights.put(SceneKind.WORD, between(0.04, 0.04, progress));
    weights.put(SceneKind.FIGURE, between(0.00, 0.02, progress));
    return new SceneOptions(weights, Things.load().taught(), 0.6, Split.TRAINING, 0.2);
  }

  private static double between(double start, double end, double progress) {
    return start + (end - start) * progress;
  }

  /// The same scenes from another split.
  public SceneOptions with(Split other) {
    return new SceneOptions(weights, things, coreShare, other, mixedShare);
  }

  /// The same with other shares of the kinds.
  public SceneOptions with(Map<SceneKind, Double> others) {
    return new SceneOptions(others, things, coreShare, split, mixedShare);
  }

  /// The same scenes of other things.
  public SceneOptions with(List<Thing> others) {
    return new SceneOptions(weights, others, coreShare, split, mixedShare);
  }

  /// Scenes of these kinds only, in the shares that they have to each other.
  public SceneOptions only(SceneKind... kinds) {
    Map<SceneKind, Double> some = new EnumMap<>(SceneKind.class);
    for (SceneKind kind : kinds) {
      some.put(kind, weights.getOrDefault(kind, 1.0));
    }
    return with(some);
  }

  /// The same without what is dyed or shown otherwise than its artist drew it.
  public SceneOptions plain() {
    Map<SceneKind, Double> some = new EnumMap<>(weights);
    some.remove(SceneKind.COLOURED);
    some.remove(SceneKind.RENDERED);
    return with(some);
  }
}
