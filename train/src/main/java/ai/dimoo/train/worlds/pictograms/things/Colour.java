package ai.dimoo.train.worlds.pictograms.things;

import java.util.List;

/// The colours that things, shapes and letters come in. [#basic()] are nine that stay apart from
/// each other when structure lightens and darkens them.
public enum Colour {
  RED("red", "红", 0xDC2828),
  ORANGE("orange", "橙", 0xF58220),
  YELLOW("yellow", "黄", 0xFAD728),
  GREEN("green", "绿", 0x28A03C),
  BLUE("blue", "蓝", 0x2850DC),
  PURPLE("purple", "紫", 0x8232AA),
  PINK("pink", "粉", 0xFA78BE),
  BROWN("brown", "棕", 0x8C501E),
  BLACK("black", "黑", 0x282828),
  WHITE("white", "白", 0xF5F5F5),
  GREY("grey", "灰", 0x8C8C8C);

  private static final List<Colour> BASIC =
      List.of(RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE, PINK, BROWN, BLACK);

  private final String word;
  private final String chinese;
  private final int rgb;

  Colour(String word, String chinese, int rgb) {
    this.word = word;
    this.chinese = chinese;
    this.rgb = rgb;
  }

  /// Those that objects come in: all but white and grey, which backgrounds and names need.
  public static List<Colour> basic() {
    return BASIC;
  }

  /// The adjective: `red`.
  public String word() {
    return word;
  }

  /// Without `色`: `红`, as in `红色的`.
  public String chinese() {
    return chinese;
  }

  /// 0xRRGGBB.
  public int rgb() {
    return rgb;
  }

  /// The sprite in this colour: what was of middle lightness takes the colour itself, what was
  /// lighter or darker a lighter or darker one, so that its structure stays.
  public Sprite tint(Sprite sprite) {
    return Tint.of(this, sprite);
  }
}
