package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses backgrounds before which everything can be seen.
public final class Backdrops {

  /// The least sum of the channels' differences between a colour and what it stands on.
  private static final int CONTRAST = 110;

  /// How often each comes, in percent.
  private static final Map<Background, Integer> SHARES =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Background.WHITE, 26),
              Map.entry(Background.GREY, 10),
              Map.entry(Background.BLUE, 10),
              Map.entry(Background.GREEN, 10),
              Map.entry(Background.YELLOW, 10),
              Map.entry(Background.PINK, 10),
              Map.entry(Background.BLACK, 5),
              Map.entry(Background.SKY, 6),
              Map.entry(Background.SUNSET, 4),
              Map.entry(Background.GRASS, 5),
              Map.entry(Background.CHECKERED, 4)));

  private Backdrops() {}

  /// A background for these items.
  static Background behind(List<Item> items, RandomGenerator random) {
    while (true) {
      int left = random.nextInt(100);
      for (Background background : Background.values()) {
        left -= SHARES.get(background);
        if (left < 0) {
          if (suits(background, items)) {
            return background;
          }
          break;
        }
      }
    }
  }

  /// The backgrounds before which all of these can be seen.
  public static List<Background> suiting(List<Item> items) {
    return Arrays.stream(Background.values())
        .filter(background -> suits(background, items))
        .toList();
  }

  /// Whether all of these can be seen before it. What has one colour, and what is shown otherwise
  /// than its artist drew it, stands before a plain background of another colour, which also saves
  /// the codebook tiles.
  public static boolean suits(Background background, List<Item> items) {
    return items.stream().allMatch(item -> suits(background, item.subject()));
  }

  private static boolean suits(Background background, Subject subject) {
    boolean drawn =
        subject instanceof Pictogram p && p.rendering() == Rendering.PLAIN && p.tint() == null;
    if (drawn) {
      return true;
    }
    if (background.sort() != Background.Sort.PLAIN || !background.light()) {
      return false;
    }
    @Nullable Colour colour = subject.colour();
    return colour == null || distance(colour.rgb(), background.rgb(0, 0)) >= CONTRAST;
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      sum += Math.abs((a >> shift & 0xff) - (b >> shift & 0xff));
    }
    return sum;
  }
}
