package ai.dimoo.train.worlds.pictograms.things;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// People of our own drawing, whose joints are known, and the skeletons that maps of poses show for
/// them.
public final class People {

  /// Two joints that a limb joins, as OpenPose draws them; each limb has the colour of its index.
  private static final int[][] LIMBS = {
    {1, 2}, {1, 5}, {2, 3}, {3, 4}, {5, 6}, {6, 7}, {1, 8}, {8, 9}, {9, 10}, {1, 11}, {11, 12},
    {12, 13}, {1, 0}, {0, 14}, {14, 16}, {0, 15}, {15, 17}
  };

  /// OpenPose's colours of limbs and joints.
  private static final String[] COLOURS = {
    "#ff0000", "#ff5500", "#ffaa00", "#ffff00", "#aaff00", "#55ff00", "#00ff00", "#00ff55",
    "#00ffaa", "#00ffff", "#00aaff", "#0055ff", "#0000ff", "#5500ff", "#aa00ff", "#ff00ff",
    "#ff00aa", "#ff0055"
  };

  private static final String SKIN = "#f0b98d";
  private static final String HAIR = "#4e342e";
  private static final String TROUSERS = "#37474f";

  private static final Map<Pose, Map<Colour, SpriteSizes>> PEOPLE = new EnumMap<>(Pose.class);
  private static final Map<Pose, SpriteSizes> SKELETONS = new EnumMap<>(Pose.class);

  static {
    for (Pose pose : Pose.values()) {
      PEOPLE.put(pose, new ConcurrentHashMap<>());
      SKELETONS.put(pose, drawn(skeleton(pose)));
    }
  }

  private People() {}

  /// A person.
  ///
  /// @param shirt the colour of what it wears
  /// @param side [Sprites#LARGE] or [Sprites#SMALL]
  public static Sprite of(Pose pose, Colour shirt, int side) {
    return PEOPLE.get(pose).computeIfAbsent(shirt, colour -> drawn(person(pose, colour))).of(side);
  }

  /// Its joints and limbs in OpenPose's colours, on nothing.
  ///
  /// @param side [Sprites#LARGE] or [Sprites#SMALL]
  public static Sprite skeleton(Pose pose, int side) {
    return SKELETONS.get(pose).of(side);
  }

  private static SpriteSizes drawn(String body) {
    String half = "<g transform='scale(0.5)'>" + body + "</g>";
    return new SpriteSizes(
        new SvgDrawing(SvgDrawing.document(Sprites.LARGE, Sprites.LARGE, body)).plain(),
        new SvgDrawing(SvgDrawing.document(Sprites.SMALL, Sprites.SMALL, half)).plain());
  }

  private static String person(Pose pose, Colour colour) {
    int[][] joints = pose.joints();
    String shirt = "#%06x".formatted(colour.rgb());
    return line(joints[8], joints[9], 6, TROUSERS)
        + line(joints[9], joints[10], 6, TROUSERS)
        + line(joints[11], joints[12], 6, TROUSERS)
        + line(joints[12], joints[13], 6, TROUSERS)
        + line(joints[2], joints[3], 5, shirt)
        + line(joints[5], joints[6], 5, shirt)
        + line(joints[3], joints[4], 4, SKIN)
        + line(joints[6], joints[7], 4, SKIN)
        + "<path d='M24 19H40L39 40H25Z' fill='%s' stroke='%s' stroke-width='2' stroke-linejoin='round'/>"
            .formatted(shirt, shirt)
        + "<rect x='29.5' y='14' width='5' height='6' fill='%s'/>".formatted(SKIN)
        + "<circle cx='32' cy='9' r='7.5' fill='%s'/>".formatted(HAIR)
        + "<circle cx='32' cy='10.5' r='6.2' fill='%s'/>".formatted(SKIN)
        + "<circle cx='29.5' cy='10' r='1' fill='#222'/><circle cx='34.5' cy='10' r='1'"
        + " fill='#222'/>";
  }

  private static String skeleton(Pose pose) {
    int[][] joints = pose.joints();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < LIMBS.length; i++) {
      body.append(line(joints[LIMBS[i][0]], joints[LIMBS[i][1]], 3, COLOURS[i]));
    }
    for (int i = 0; i < joints.length; i++) {
      body.append(
          "<circle cx='%d' cy='%d' r='2' fill='%s'/>"
              .formatted(joints[i][0], joints[i][1], COLOURS[i]));
    }
    return body.toString();
  }

  private static String line(int[] from, int[] to, int width, String colour) {
    return "<path d='M%d %dL%d %d' fill='none' stroke='%s' stroke-width='%d' stroke-linecap='round'/>"
        .formatted(from[0], from[1], to[0], to[1], colour, width);
  }
}
