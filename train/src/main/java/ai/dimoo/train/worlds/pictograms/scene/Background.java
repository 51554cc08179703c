package ai.dimoo.train.worlds.pictograms.scene;

import java.util.Arrays;
import java.util.List;

/// What lies behind the items of a scene. Few and calm, because each has its own tiles at every
/// thing's edge; the textured ones repeat from token to token.
public enum Background {
  WHITE(Sort.PLAIN, 0xFFFFFF, 0xFFFFFF),
  GREY(Sort.PLAIN, 0xD8DBDF, 0xD8DBDF),
  BLUE(Sort.PLAIN, 0xC4E0F9, 0xC4E0F9),
  GREEN(Sort.PLAIN, 0xCDEEC9, 0xCDEEC9),
  YELLOW(Sort.PLAIN, 0xFFF1B8, 0xFFF1B8),
  PINK(Sort.PLAIN, 0xFBCFDC, 0xFBCFDC),
  BLACK(Sort.PLAIN, 0x1B1E25, 0x1B1E25),
  /// Blue at the top, nearly white at the bottom.
  SKY(Sort.GRADED, 0x7CBDF2, 0xF2F9FF),
  /// Orange at the top, pale yellow at the bottom.
  SUNSET(Sort.GRADED, 0xF48A4E, 0xFFE9B0),
  /// Blades on light green.
  GRASS(Sort.TEXTURED, 0xA5DA84, 0x7FC05E),
  /// Squares of 8 pixels.
  CHECKERED(Sort.TEXTURED, 0xFFFFFF, 0xDDE3EA);

  /// How the two colours share the picture.
  public enum Sort {
    /// One colour.
    PLAIN,
    /// From the first at the top to the second at the bottom.
    GRADED,
    /// A pattern of the second on the first.
    TEXTURED
  }

  /// The pattern of grass in a token: `x` is a blade.
  private static final String[] BLADES = {
    "................",
    "..x.............",
    "..x....x........",
    "...x..x....x....",
    "...x..x...x.....",
    "..........x.....",
    "................",
    ".............x..",
    "x...........x...",
    ".x....x.....x...",
    ".x.....x........",
    ".......x....x...",
    "...x.......x....",
    "....x......x....",
    "....x...........",
    "................"
  };

  private final Sort sort;
  private final int first;
  private final int second;

  Background(Sort sort, int first, int second) {
    this.sort = sort;
    this.first = first;
    this.second = second;
  }

  public Sort sort() {
    return sort;
  }

  /// The backgrounds of a sort.
  public static List<Background> of(Sort sort) {
    return Arrays.stream(values()).filter(background -> background.sort == sort).toList();
  }

  /// Whether dark things stand out on it.
  public boolean light() {
    return this != BLACK;
  }

  /// The colour of a pixel as 0xRRGGBB.
  ///
  /// @param x pixels from the left, 0 to 127
  /// @param y pixels from the top, 0 to 127
  public int rgb(int x, int y) {
    return switch (sort) {
      case PLAIN -> first;
      case GRADED -> graded(y);
      case TEXTURED -> patterned(x % Scene.TOKEN, y % Scene.TOKEN) ? second : first;
    };
  }

  private boolean patterned(int x, int y) {
    return this == GRASS ? BLADES[y].charAt(x) == 'x' : (x / 8 + y / 8) % 2 == 1;
  }

  private int graded(int y) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int top = first >> shift & 0xff;
      int bottom = second >> shift & 0xff;
      rgb |= (top * (Scene.SIDE - 1 - y) + bottom * y + Scene.SIDE / 2) / (Scene.SIDE - 1) << shift;
    }
    return rgb;
  }
}
