package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.List;

/// Depth as grey levels, brighter is nearer, as the maps of ControlNet have it. What is small lies
/// farther away than what is large, and what overlaps something lies before it. The background is
/// black: infinitely far.
final class Depths {

  private static final int BACKGROUND = 0;
  private static final int SMALL = 112;
  private static final int LARGE = 160;

  /// How much nearer a thing is than what it overlaps. All levels are one step apart, so there are
  /// five, the background's included.
  private static final int STEP = 48;

  private static final int NEAREST = 255;

  private Depths() {}

  static Picture of(Composition composition) {
    int[] levels = levels(composition.scene().items());
    return PixelColours.picture(
        Scene.SIDE,
        Scene.SIDE,
        (x, y) -> {
          int item = composition.itemAt(x, y);
          return PixelColours.grey(item < 0 ? BACKGROUND : levels[item]);
        });
  }

  /// @param items from back to front
  static int[] levels(List<Item> items) {
    int[] levels = new int[items.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = items.get(i).size() == ItemSize.LARGE ? LARGE : SMALL;
      for (int behind = 0; behind < i; behind++) {
        if (items.get(i).overlaps(items.get(behind))) {
          levels[i] = Math.max(levels[i], Math.min(levels[behind] + STEP, NEAREST));
        }
      }
    }
    return levels;
  }
}
