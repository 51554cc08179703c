package ai.dimoo.train.worlds.shapes;

import java.util.EnumMap;
import java.util.Map;

/// Which scenes a [SceneGenerator] draws. Immutable.
///
/// @param columns cells in a row of the picture, at least 6
/// @param rows rows of cells, at least 6
/// @param weights how often each kind of scene comes, relative to the others
/// @param plainShare the share of backgrounds without a texture, from 0 to 1
/// @param split whether combinations that training must not see may come
public record SceneOptions(
    int columns, int rows, Map<SceneKind, Double> weights, double plainShare, Split split) {

  /// Which side of [HeldOut] scenes come from.
  public enum Split {
    /// Only scenes that hold no held-out combination.
    TRAINING,
    /// Only scenes that hold at least one.
    HELD_OUT,
    /// Both.
    ALL
  }

  /// The side of the pocket model's pictures, in cells: 64 pixels.
  public static final int DEFAULT_CELLS = 8;

  public SceneOptions {
    weights = Map.copyOf(weights);
    if (columns < 6 || rows < 6) {
      throw new IllegalArgumentException(
          "a scene of " + columns + "x" + rows + " cells; expected 6x6 at least");
    }
    if (plainShare < 0 || plainShare > 1) {
      throw new IllegalArgumentException("plainShare " + plainShare + "; expected 0 to 1");
    }
    if (weights.values().stream().anyMatch(w -> !(w >= 0))
        || weights.values().stream().allMatch(w -> w == 0)) {
      throw new IllegalArgumentException("weights " + weights + "; expected some above 0");
    }
  }

  /// Every kind of scene, 64×64 pixels, 70% plain backgrounds, training's side.
  public static SceneOptions standard() {
    return atDifficulty(1);
  }

  /// A step of the curriculum: 0 is single objects on plain backgrounds, 1 is [#standard()], and
  /// between them the harder kinds come in linearly.
  public static SceneOptions atDifficulty(double difficulty) {
    if (difficulty < 0 || difficulty > 1) {
      throw new IllegalArgumentException("difficulty " + difficulty + "; expected 0 to 1");
    }
    Map<SceneKind, Double> weights = new EnumMap<>(SceneKind.class);
    weights.put(SceneKind.SINGLE, 1 - 0.78 * difficulty);
    weights.put(SceneKind.PAIR, 0.22 * difficulty);
    weights.put(SceneKind.COUNT, 0.22 * difficulty);
    weights.put(SceneKind.RELATION, 0.24 * difficulty);
    weights.put(SceneKind.TRIO, 0.10 * difficulty);
    return new SceneOptions(
        DEFAULT_CELLS, DEFAULT_CELLS, weights, 1 - 0.3 * difficulty, Split.TRAINING);
  }

  /// Whether a scene lies on the chosen side of the held-out rule.
  public boolean allows(Scene scene) {
    return switch (split) {
      case TRAINING -> !HeldOut.contains(scene);
      case HELD_OUT -> HeldOut.contains(scene);
      case ALL -> true;
    };
  }

  /// The same scenes from another side of the held-out rule.
  public SceneOptions withSplit(Split other) {
    return new SceneOptions(columns, rows, weights, plainShare, other);
  }

  /// The same with other shares of the kinds.
  public SceneOptions withWeights(Map<SceneKind, Double> others) {
    return new SceneOptions(columns, rows, others, plainShare, split);
  }

  /// The same scenes on another canvas.
  public SceneOptions withCells(int otherColumns, int otherRows) {
    return new SceneOptions(otherColumns, otherRows, weights, plainShare, split);
  }

  /// Scenes of one kind only.
  public SceneOptions only(SceneKind kind) {
    return withWeights(Map.of(kind, 1.0));
  }
}
