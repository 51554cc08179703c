package ai.dimoo.train.worlds.shapes;

/// An axis-parallel box in pixels from the top left; right and bottom are exclusive.
public record Box(int left, int top, int right, int bottom) {

  public Box {
    if (left >= right || top >= bottom) {
      throw new IllegalArgumentException(
          "an empty box: " + left + "," + top + " to " + right + "," + bottom);
    }
  }

  /// Pixels in a row.
  public int width() {
    return right - left;
  }

  /// Rows.
  public int height() {
    return bottom - top;
  }

  /// The centre's distance from the left edge of the picture.
  public double centreX() {
    return (left + right) / 2.0;
  }

  /// The centre's distance from the top edge of the picture.
  public double centreY() {
    return (top + bottom) / 2.0;
  }

  /// Whether the two boxes come nearer to each other than `gap` pixels; 0 asks whether they
  /// overlap.
  public boolean near(Box other, int gap) {
    return left < other.right + gap
        && other.left < right + gap
        && top < other.bottom + gap
        && other.top < bottom + gap;
  }
}
