package ai.dimoo.train.worlds.shapes;

import java.util.List;
import java.util.stream.Stream;

/// What lies behind the objects.
public record Background(Tone tone, Texture texture) {

  /// The backgrounds without a texture.
  public static final List<Background> PLAIN =
      Stream.of(Tone.values()).map(tone -> new Background(tone, Texture.PLAIN)).toList();

  /// The backgrounds with one. Few, because each adds its own edge tiles to every object.
  public static final List<Background> TEXTURED =
      List.of(
          new Background(Tone.GREY, Texture.STRIPES),
          new Background(Tone.WHITE, Texture.CHECKS),
          new Background(Tone.BEIGE, Texture.DOTS));

  /// Every background that scenes have.
  public static final List<Background> ALL =
      Stream.concat(PLAIN.stream(), TEXTURED.stream()).toList();

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
