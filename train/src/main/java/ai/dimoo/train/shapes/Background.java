package ai.dimoo.train.shapes;

/// What lies behind the objects.
public record Background(Tone tone, Texture texture) {

  /// The colour of a pixel, as 0xRRGGBB.
  ///
  /// @param x pixels from the left
  /// @param y pixels from the top
  public int rgb(int x, int y) {
    return texture.shaded(x, y) ? tone.shade() : tone.rgb();
  }

  /// The background without an article: `white background`, `striped grey background`.
  public String words() {
    return switch (texture) {
      case PLAIN -> tone.word() + " background";
      case STRIPES -> "striped " + tone.word() + " background";
      case CHECKS -> "checkered " + tone.word() + " background";
      case DOTS -> "dotted " + tone.word() + " background";
    };
  }
}
