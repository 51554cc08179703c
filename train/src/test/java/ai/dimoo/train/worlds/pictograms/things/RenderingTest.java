package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenderingTest {

  /// A disc of 64 pixels, dark on the left, light on the right.
  private static final Sprite DISC = disc();

  @Test
  void alphaStaysButWherePixelsAreMerged() {
    for (Rendering rendering : Rendering.values()) {
      if (rendering != Rendering.PIXELATED) {
        assertThat(alphas(rendering.of(DISC))).as(rendering.word()).isEqualTo(alphas(DISC));
      }
    }
  }

  @Test
  void noTwoRenderingsLookAlike() {
    assertThat(Arrays.stream(Rendering.values()).map(rendering -> rendering.of(DISC)))
        .doesNotHaveDuplicates();
  }

  @Test
  void invertingTwiceChangesNothing() {
    assertThat(Rendering.INVERTED.of(Rendering.INVERTED.of(DISC))).isEqualTo(DISC);
  }

  @Test
  void greyHasNoColour() {
    assertThat(Arrays.stream(Rendering.GREY.of(DISC).toArray()))
        .allMatch(p -> (p & 0xff) == (p >> 8 & 0xff) && (p & 0xff) == (p >> 16 & 0xff));
  }

  @Test
  void pixelatedSquaresAreOfOneColour() {
    Sprite squares = Rendering.PIXELATED.of(DISC);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        assertThat(squares.argb(x, y)).isEqualTo(squares.argb(x / 4 * 4, y / 4 * 4));
      }
    }
  }

  @Test
  void aTintKeepsTheOrderOfLightness() {
    for (Colour colour : Colour.basic()) {
      Sprite tinted = colour.tint(DISC);
      assertThat(Rgb.lightness(tinted.argb(10, 32)))
          .as(colour.word())
          .isLessThan(Rgb.lightness(tinted.argb(54, 32)));
    }
  }

  @Test
  void aTintOfAnEvenSpriteIsTheColourItself() {
    Sprite even = DISC.recoloured(rgb -> 0x808080);
    for (Colour colour : Colour.basic()) {
      assertThat(Arrays.stream(colour.tint(even).toArray()).filter(p -> p != 0))
          .as(colour.word())
          .allMatch(pixel -> distance(pixel, colour.rgb()) <= 12);
    }
  }

  private static int distance(int a, int b) {
    return IntStream.of(0, 8, 16)
        .map(s -> Math.abs((a >> s & 0xff) - (b >> s & 0xff)))
        .max()
        .getAsInt();
  }

  private static int[] alphas(Sprite sprite) {
    return Arrays.stream(sprite.toArray()).map(pixel -> pixel >>> 24).toArray();
  }

  private static Sprite disc() {
    Sprite circle = SimpleShape.CIRCLE.in(Colour.BLACK, Sprites.LARGE);
    int[] argb = circle.toArray();
    for (int i = 0; i < argb.length; i++) {
      if (argb[i] != 0) {
        argb[i] = argb[i] & 0xff000000 | (i % 64 < 32 ? 0x104060 : 0xd0e0a0);
      }
    }
    return new Sprite(64, 64, argb);
  }
}
