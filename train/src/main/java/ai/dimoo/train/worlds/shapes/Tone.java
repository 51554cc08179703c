package ai.dimoo.train.worlds.shapes;

/// The colour families of backgrounds. Each has a second, slightly different shade for textures.
public enum Tone {
  WHITE("white", 0xFAFAFA, 0xDEDEDE),
  GREY("grey", 0xB4B4B4, 0x989898),
  BEIGE("beige", 0xEBDCBE, 0xD0BE9C),
  BLACK("black", 0x181818, 0x343434);

  private final String word;
  private final int rgb;
  private final int shade;

  Tone(String word, int rgb, int shade) {
    this.word = word;
    this.rgb = rgb;
    this.shade = shade;
  }

  /// The adjective: `white`.
  public String word() {
    return word;
  }

  /// The main colour, as 0xRRGGBB.
  public int rgb() {
    return rgb;
  }

  /// The second colour of a texture, as 0xRRGGBB.
  public int shade() {
    return shade;
  }
}
