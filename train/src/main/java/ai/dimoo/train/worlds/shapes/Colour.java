package ai.dimoo.train.worlds.shapes;

/// The colours that objects have, well apart in RGB and from every [Tone] of the background.
public enum Colour {
  RED("red", 0xDC2828),
  GREEN("green", 0x28A03C),
  BLUE("blue", 0x2850DC),
  YELLOW("yellow", 0xFAD728),
  ORANGE("orange", 0xF58220),
  PURPLE("purple", 0x8232AA),
  PINK("pink", 0xFA64B4),
  CYAN("cyan", 0x28C8D7);

  private final String word;
  private final int rgb;

  Colour(String word, int rgb) {
    this.word = word;
    this.rgb = rgb;
  }

  /// The adjective: `red`.
  public String word() {
    return word;
  }

  /// The one flat colour of an object, as 0xRRGGBB.
  public int rgb() {
    return rgb;
  }
}
