package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Scene;

/// Surface normals as colours: red for the right, green for up, blue towards the eye, as normal
/// maps have them. Things are flat and cushioned at their rims, the background faces the eye.
final class Normals {

  /// Pixels over which a rim bends away, by up to 45 degrees.
  private static final int RADIUS = 4;

  /// How far the sum of the ways to a thing's pixels round one is from 0 at a straight rim.
  private static final double STEEPEST = (2 * RADIUS + 1) * (RADIUS * (RADIUS + 1) / 2.0);

  static final int FACING = 0x8080ff;

  private Normals() {}

  static Picture of(Composition composition) {
    return PixelColours.picture(Scene.SIDE, Scene.SIDE, (x, y) -> colour(composition, x, y));
  }

  private static int colour(Composition composition, int x, int y) {
    int item = itemAt(composition, x, y);
    if (item < 0) {
      return FACING;
    }
    int inwardX = 0;
    int inwardY = 0;
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      for (int dx = -RADIUS; dx <= RADIUS; dx++) {
        if (itemAt(composition, x + dx, y + dy) == item) {
          inwardX += dx;
          inwardY += dy;
        }
      }
    }
    double length = Math.sqrt(inwardX * inwardX + inwardY * inwardY);
    if (length == 0) {
      return FACING;
    }
    double across = Math.min(1, length / STEEPEST) * Math.sqrt(0.5);
    double towards = Math.sqrt(1 - across * across);
    // rows count downwards, so what leans out at the top has a positive inwardY
    return level(-inwardX / length * across) << 16
        | level(inwardY / length * across) << 8
        | level(towards);
  }

  private static int itemAt(Composition composition, int x, int y) {
    boolean inside = x >= 0 && y >= 0 && x < Scene.SIDE && y < Scene.SIDE;
    return inside ? composition.itemAt(x, y) : -1;
  }

  /// From -1..1 to 0..255; 0 becomes 128.
  private static int level(double part) {
    return (int) Math.round(127.5 + 127.5 * part);
  }
}
