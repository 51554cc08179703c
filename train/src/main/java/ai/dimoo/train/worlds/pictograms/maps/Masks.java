package ai.dimoo.train.worlds.pictograms.maps;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.List;

/// The items' masks in flat colours on black, in place of what SAM 2 finds. Which colour an item
/// has follows from its place alone: the first in reading order has the first.
final class Masks {

  /// 0xRRGGBB of the background, then of the items in reading order.
  static final int[] COLOURS = {0x000000, 0xff4040, 0x40c040, 0x4060ff, 0xffd020};

  private Masks() {}

  static Picture of(Composition composition) {
    Scene scene = composition.scene();
    List<Item> order = scene.inReadingOrder();
    int[] colours = new int[scene.items().size()];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = COLOURS[1 + order.indexOf(scene.items().get(i))];
    }
    return PixelColours.picture(
        Scene.SIDE,
        Scene.SIDE,
        (x, y) -> {
          int item = composition.itemAt(x, y);
          return item < 0 ? COLOURS[0] : colours[item];
        });
  }

  /// Which mask each pixel of a picture of masks seems to belong to, row by row: 0 for the
  /// background, 1 for the item that is first in reading order, and so on.
  static int[] read(Picture masks) {
    int[] read = new int[masks.width() * masks.height()];
    for (int i = 0; i < read.length; i++) {
      read[i] = nearest(masks.rgb(i % masks.width(), i / masks.width()));
    }
    return read;
  }

  private static int nearest(int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < COLOURS.length; i++) {
      int red = (rgb >> 16) - (COLOURS[i] >> 16);
      int green = (rgb >> 8 & 0xff) - (COLOURS[i] >> 8 & 0xff);
      int blue = (rgb & 0xff) - (COLOURS[i] & 0xff);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
