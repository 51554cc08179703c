package ai.dimoo.train.worlds.pictograms.scene;

/// What a combination is there for. Ordered: a scene belongs to the last split that any combination
/// in it belongs to.
public enum Split {
  /// Training sees it.
  TRAINING,
  /// Kept for choosing settings, such as those of the samplers.
  TUNING,
  /// Kept for scores.
  HELD_OUT;

  /// The later of the two.
  public Split and(Split other) {
    return other.ordinal() > ordinal() ? other : this;
  }
}
