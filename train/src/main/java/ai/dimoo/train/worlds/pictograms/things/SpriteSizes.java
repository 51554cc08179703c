package ai.dimoo.train.worlds.pictograms.things;

/// One drawing in both sizes.
///
/// @param large 64 pixels a side
/// @param small 32 pixels a side
record SpriteSizes(Sprite large, Sprite small) {

  /// @param side [Sprites#LARGE] or [Sprites#SMALL]
  Sprite of(int side) {
    return switch (side) {
      case Sprites.LARGE -> large;
      case Sprites.SMALL -> small;
      default ->
          throw new IllegalArgumentException("drawings have 64 or 32 pixels a side, not " + side);
    };
  }
}
