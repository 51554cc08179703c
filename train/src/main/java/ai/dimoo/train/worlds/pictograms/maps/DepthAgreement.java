package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.Arrays;

/// How well a map of depth agrees with a scene.
///
/// @param error mean absolute difference where either map shows a thing, as a share of the range
///   from black to white
/// @param order whether of every two things the nearer one is brighter, and all are brighter than
///   the background
public record DepthAgreement(double error, boolean order) {

  /// The largest error of a right map.
  public static final double TOLERANCE = 0.05;

  /// Darker is background.
  private static final int DARK = 48;

  /// Things whose levels differ by less than this in the map count as equally far.
  private static final int LEAST_DIFFERENCE = 16;

  public static DepthAgreement of(Composition truth, Picture map) {
    return new DepthAgreement(error(Depths.of(truth), map), ordered(truth, map));
  }

  /// Whether both are as they should be.
  public boolean right() {
    return order && error <= TOLERANCE;
  }

  private static double error(Picture truth, Picture map) {
    long sum = 0;
    int count = 0;
    for (int i = 0; i < map.width() * map.height(); i++) {
      int expected = PixelColours.level(truth.rgb(i % map.width(), i / map.width()));
      int found = PixelColours.level(map.rgb(i % map.width(), i / map.width()));
      if (expected >= DARK || found >= DARK) {
        sum += Math.abs(expected - found);
        count++;
      }
    }
    return count == 0 ? 0 : sum / (255.0 * count);
  }

  private static boolean ordered(Composition truth, Picture map) {
    int[] expected = Depths.levels(truth.scene().items());
    int[] found = new int[expected.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = median(truth, i, map);
      if (found[i] < DARK) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        int apart = Integer.signum(expected[i] - expected[j]);
        if (apart != 0 && apart * (found[i] - found[j]) < LEAST_DIFFERENCE) {
          return false;
        }
      }
    }
    return true;
  }

  private static int median(Composition truth, int item, Picture map) {
    int[] levels = new int[Scene.SIDE * Scene.SIDE];
    int count = 0;
    for (int i = 0; i < levels.length; i++) {
      if (truth.itemAt(i % Scene.SIDE, i / Scene.SIDE) == item) {
        levels[count++] = PixelColours.level(map.rgb(i % Scene.SIDE, i / Scene.SIDE));
      }
    }
    Arrays.sort(levels, 0, count);
    return count == 0 ? 255 : levels[count / 2];
  }
}
