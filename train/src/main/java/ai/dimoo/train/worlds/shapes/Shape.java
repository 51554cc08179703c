package ai.dimoo.train.worlds.shapes;

/// The silhouettes of the shapes world, chosen to stay apart from each other at 16 pixels.
public enum Shape {
  CIRCLE("circle"),
  SQUARE("square"),
  TRIANGLE("triangle"),
  DIAMOND("diamond"),
  CROSS("cross"),
  RING("ring");

  /// Half the width of a cross's arms, and the radius of a ring's hole, as a share of the radius.
  private static final double ARM = 0.36;

  private static final double HOLE = 0.52;

  private final String word;

  Shape(String word) {
    this.word = word;
  }

  /// The singular noun: `circle`.
  public String word() {
    return word;
  }

  /// The plural noun: `circles`, `crosses`.
  public String plural() {
    return word.endsWith("s") ? word + "es" : word + "s";
  }

  /// Whether the silhouette covers a point.
  ///
  /// @param x from -1 (left edge) to 1 (right edge)
  /// @param y from -1 (top edge) to 1 (bottom edge)
  public boolean covers(double x, double y) {
    double square = x * x + y * y; // of the distance from the centre
    double reach = Math.max(Math.abs(x), Math.abs(y));
    return switch (this) {
      case CIRCLE -> square <= 1;
      case SQUARE -> reach <= 1;
      case TRIANGLE -> y <= 1 && Math.abs(x) <= (y + 1) / 2;
      case DIAMOND -> Math.abs(x) + Math.abs(y) <= 1;
      case CROSS -> reach <= 1 && Math.min(Math.abs(x), Math.abs(y)) <= ARM;
      case RING -> square <= 1 && square >= HOLE * HOLE;
    };
  }
}
