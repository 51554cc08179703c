package ai.dimoo.train.worlds.pictograms.things;

import static ai.dimoo.train.worlds.pictograms.things.Rgb.between;

/// Ways to show one and the same sprite.
public enum Rendering {
  /// As the artist drew it.
  PLAIN("plain", "普通"),
  /// Dark lines on white paper.
  OUTLINE("outline", "线稿"),
  /// One dark tone.
  SILHOUETTE("silhouette", "剪影"),
  /// Sixteen by sixteen squares of one colour each.
  PIXELATED("pixelated", "像素"),
  /// Without colours.
  GREY("greyscale", "黑白"),
  /// As on a photographic negative.
  INVERTED("inverted", "反色"),
  /// Slanting lines on white paper, thick where it is dark.
  HATCHED("hatched", "阴影线");

  private static final int PAPER = 0xfafafa;
  private static final int INK = 0x242430;

  /// Neither the black nor the blue of [Colour].
  private static final int SHADOW = 0x30486A;

  /// Squares of a pixelated sprite along its width.
  private static final int SQUARES = 16;

  /// Pixels from one hatching line to the next; a token's 16 pixels hold a whole number of them, so
  /// that lines go on from tile to tile.
  private static final int HATCH = 4;

  private final String word;
  private final String chinese;

  Rendering(String word, String chinese) {
    this.word = word;
    this.chinese = chinese;
  }

  /// For captions and questions: `pixelated`.
  public String word() {
    return word;
  }

  /// The same in Chinese: `像素`.
  public String chinese() {
    return chinese;
  }

  /// The sprite shown in this way, of the same size.
  public Sprite of(Sprite sprite) {
    return switch (this) {
      case PLAIN -> sprite;
      case OUTLINE -> outline(sprite);
      case SILHOUETTE -> sprite.recoloured(rgb -> SHADOW);
      case PIXELATED -> pixelated(sprite);
      case GREY -> sprite.recoloured(Rgb::grey);
      case INVERTED -> sprite.recoloured(rgb -> ~rgb);
      case HATCHED -> hatched(sprite);
    };
  }

  private static Sprite outline(Sprite sprite) {
    double[] lines = Contours.of(sprite);
    int[] argb = sprite.toArray();
    for (int i = 0; i < argb.length; i++) {
      argb[i] = argb[i] & 0xff000000 | (argb[i] == 0 ? 0 : between(PAPER, INK, lines[i]));
    }
    return new Sprite(sprite.width(), sprite.height(), argb);
  }

  private static Sprite hatched(Sprite sprite) {
    double[] border = Contours.border(sprite);
    int[] argb = sprite.toArray();
    for (int i = 0; i < argb.length; i++) {
      int x = i % sprite.width();
      int y = i / sprite.width();
      double thickness = HATCH * (1 - Rgb.lightness(argb[i]));
      double line = Math.clamp(thickness + 0.4 - (x + y) % HATCH, 0, 1);
      int ink = Rgb.scaled(argb[i] & 0xffffff, 0.7);
      int hatched = between(between(PAPER, ink, line), INK, border[i]);
      argb[i] = argb[i] & 0xff000000 | (argb[i] == 0 ? 0 : hatched);
    }
    return new Sprite(sprite.width(), sprite.height(), argb);
  }

  private static Sprite pixelated(Sprite sprite) {
    int square = Math.max(1, sprite.width() / SQUARES);
    int width = sprite.width();
    int[] argb = new int[width * sprite.height()];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = mean(sprite, i % width / square * square, i / width / square * square, square);
    }
    return new Sprite(width, sprite.height(), argb);
  }

  /// The mean colour of a square, opaque if more than half of it is covered, else nothing.
  private static int mean(Sprite sprite, int left, int top, int side) {
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int i = 0; i < side * side; i++) {
      int pixel = sprite.argb(left + i % side, top + i / side);
      int weight = pixel >>> 24;
      alpha += weight;
      red += weight * (pixel >> 16 & 0xff);
      green += weight * (pixel >> 8 & 0xff);
      blue += weight * (pixel & 0xff);
    }
    if (2 * alpha < 255L * side * side) {
      return 0;
    }
    long half = alpha / 2;
    return (int)
        (0xff000000L
            | (red + half) / alpha << 16
            | (green + half) / alpha << 8
            | (blue + half) / alpha);
  }
}
