package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class GlyphsTest {

  @Test
  void everyLetterAndDigitHasAFormOfItsOwn() {
    String all = Glyphs.CHARACTERS;
    assertThat(all).hasSize(36);
    for (int i = 0; i < all.length(); i++) {
      BitSet one = Silhouettes.of(Glyphs.of(all.charAt(i), Colour.BLACK));
      assertThat(one.cardinality()).as(all.substring(i, i + 1)).isGreaterThan(50);
      for (int j = 0; j < i; j++) {
        BitSet other = Silhouettes.of(Glyphs.of(all.charAt(j), Colour.BLACK));
        assertThat(Silhouettes.overlap(one, other))
            .as("%s and %s", all.charAt(i), all.charAt(j))
            .isLessThan(0.9);
      }
    }
  }

  @Test
  void glyphsKeepOffTheirEdges() {
    for (char character : Glyphs.CHARACTERS.toCharArray()) {
      Sprite glyph = Glyphs.of(character, Colour.RED);
      for (int y = 0; y < Glyphs.HEIGHT; y++) {
        assertThat(glyph.alpha(0, y) + glyph.alpha(Glyphs.WIDTH - 1, y))
            .as("%s in row %d", character, y)
            .isLessThan(128);
      }
    }
  }

  @Test
  void aGlyphHasOneColour() {
    assertThat(Arrays.stream(Glyphs.of('Q', Colour.GREEN).toArray()).filter(p -> p != 0))
        .allMatch(pixel -> (pixel & 0xffffff) == Colour.GREEN.rgb());
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertThatThrownBy(() -> Glyphs.of('a', Colour.BLACK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void shapesAreTheirOwnSilhouettes() {
    for (SimpleShape shape : SimpleShape.values()) {
      Sprite large = shape.in(Colour.BLUE, Sprites.LARGE);
      assertThat(large.width()).isEqualTo(64);
      assertThat(shape.in(Colour.BLUE, Sprites.SMALL).width()).isEqualTo(32);
      for (SimpleShape other : SimpleShape.values()) {
        double overlap =
            Silhouettes.overlap(
                Silhouettes.of(large), Silhouettes.of(other.in(Colour.RED, Sprites.LARGE)));
        if (shape == other) {
          assertThat(overlap).isEqualTo(1);
        } else {
          assertThat(overlap).as("%s and %s", shape, other).isLessThan(0.9);
        }
      }
    }
  }
}
