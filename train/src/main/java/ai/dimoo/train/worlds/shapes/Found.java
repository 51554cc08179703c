package ai.dimoo.train.worlds.shapes;

import java.util.ArrayList;
import java.util.List;

/// An object that the [Judge] found in a picture, or what it should have found.
///
/// @param box the cells that the object seems to take, a pixel wider than the silhouette all round
/// @param confidence how well the silhouette fits, from 0 to 1 (soft intersection over union)
public record Found(Shape shape, Colour colour, Size size, Box box, double confidence) {

  /// Pixels that two boxes' edges may differ and still mean the same object.
  private static final int BOX_TOLERANCE = 4;

  /// What a perfect judge finds.
  public static Found of(Item item) {
    return new Found(item.shape(), item.colour(), item.size(), item.box(), 1);
  }

  /// What a perfect judge finds in the scene.
  public static List<Found> of(Scene scene) {
    return scene.items().stream().map(Found::of).toList();
  }

  /// Whether the same shape, colour and size is at the same place, give or take half a cell.
  public boolean matches(Item item) {
    Box other = item.box();
    return shape == item.shape()
        && colour == item.colour()
        && size == item.size()
        && Math.abs(box.left() - other.left()) <= BOX_TOLERANCE
        && Math.abs(box.right() - other.right()) <= BOX_TOLERANCE
        && Math.abs(box.top() - other.top()) <= BOX_TOLERANCE
        && Math.abs(box.bottom() - other.bottom()) <= BOX_TOLERANCE;
  }

  /// Whether the objects found are exactly the scene's: all right, none missing, none too many.
  public static boolean matches(List<Found> found, Scene scene) {
    List<Found> left = new ArrayList<>(found);
    for (Item item : scene.items()) {
      int at = 0;
      while (at < left.size() && !left.get(at).matches(item)) {
        at++;
      }
      if (at == left.size()) {
        return false;
      }
      left.remove(at);
    }
    return left.isEmpty();
  }

  /// `red circle`.
  public String words() {
    return colour.word() + " " + shape.word();
  }
}
