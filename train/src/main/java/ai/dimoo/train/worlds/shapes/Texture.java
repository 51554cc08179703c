package ai.dimoo.train.worlds.shapes;

/// The pattern of a background. Every pattern repeats with the lattice cell of [Scene#CELL] pixels,
/// so that a textured background is one tile and needs few codes.
public enum Texture {
  PLAIN,
  STRIPES,
  CHECKS,
  DOTS;

  /// Whether the pixel takes the background's second shade.
  ///
  /// @param x pixels from the left
  /// @param y pixels from the top
  public boolean shaded(int x, int y) {
    int u = Math.floorMod(x, Scene.CELL);
    int v = Math.floorMod(y, Scene.CELL);
    return switch (this) {
      case PLAIN -> false;
      case STRIPES -> v >= Scene.CELL / 2;
      case CHECKS -> u < Scene.CELL / 2 ^ v < Scene.CELL / 2;
      case DOTS -> u >= 3 && u <= 4 && v >= 2 && v <= 5 || v >= 3 && v <= 4 && u >= 2 && u <= 5;
    };
  }
}
