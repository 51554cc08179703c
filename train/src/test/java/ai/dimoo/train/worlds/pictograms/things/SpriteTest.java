package ai.dimoo.train.worlds.pictograms.things;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpriteTest {

  private static final int HALF_RED = 0x80ff0000;

  @Test
  void blendsStraightColours() {
    Sprite sprite = Sprite.of(2, 1, new int[] {HALF_RED, 0});
    assertThat(sprite.on(0x0000ff).rgb(0, 0)).isEqualTo(0x80007f);
    assertThat(sprite.on(0x0000ff).rgb(1, 0)).isEqualTo(0x0000ff);
  }

  @Test
  void isCutOffAtThePicturesEdges() {
    Sprite sprite = Sprite.of(2, 2, new int[] {0xff010101, 0xff020202, 0xff030303, 0xff040404});
    byte[] rgb = new byte[3];
    sprite.drawOn(rgb, 1, 1, -1, -1);
    assertThat(rgb).containsExactly(4, 4, 4);
    sprite.drawOn(rgb, 1, 1, 0, 0);
    assertThat(rgb).containsExactly(1, 1, 1);
    sprite.drawOn(rgb, 1, 1, 5, -7);
    assertThat(rgb).containsExactly(1, 1, 1);
  }

  @Test
  void halfCoveredPixelsBelongToTheSilhouette() {
    assertThat(Sprite.of(3, 1, new int[] {HALF_RED, 0x7f000000, 0xff000000}).silhouette())
        .containsExactly(true, false, true);
  }
}
