package ai.dimoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.error.UserException;
import ai.dimoo.image.PaintMask.Coverage;
import ai.dimoo.sequence.TokenMask;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaintMaskTest {

  @Test
  void roundsTheRectangleHalfToEven() {
    // 0.05 · 50 = 2.5 → 2 pixels, which cover exactly one token of 2 from an even left edge
    assertThat(PaintMask.inpainting(new Size(50, 2), 1, 0.05, 2).count()).isEqualTo(1);
    // 0.15 · 50 = 7.5 → 8 pixels from 21 on: half a token, three whole ones, half a token
    assertThat(PaintMask.inpainting(new Size(50, 2), 1, 0.15, 2).count()).isEqualTo(3);
  }

  @Test
  void aBoxMasksTheTokensThatItCoversByMoreThanHalf() {
    Size size = new Size(64, 32);
    Box box = new Box(4, 0, 21, 16);
    assertThat(PaintMask.ofBox(size, box, 8, Coverage.MOST).toString())
        .isEqualTo(".##.....\n.##.....\n........\n........\n");
    assertThat(PaintMask.ofBox(size, box, 8, Coverage.ANY).toString())
        .isEqualTo("####....\n####....\n........\n........\n");
    assertThat(PaintMask.ofBox(size, new Box(3, 0, 21, 16), 8, Coverage.MOST).toString())
        .isEqualTo("###.....\n###.....\n........\n........\n");
  }

  @Test
  void refusesBoxesOutsideOrTooSmall() {
    Size size = new Size(64, 64);
    assertThatThrownBy(() -> PaintMask.ofBox(size, new Box(60, 0, 8, 8), 16, Coverage.MOST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("60,0,8,8")
        .hasMessageContaining("64x64");
    assertThatThrownBy(() -> PaintMask.ofBox(size, new Box(1, 1, 4, 4), 16, Coverage.MOST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("covers no token");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void aMaskPictureOfTheSameSizeCountsWholePixels(int factor) {
    Size size = new Size(7 * factor, 5 * factor);
    Random random = new Random(factor);
    boolean[] pixels = new boolean[size.width() * size.height()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(100) < 50;
    }
    TokenMask mask =
        PaintMask.ofMask(
            size, Mask.of(size, (x, y) -> pixels[y * size.width() + x]), factor, Coverage.MOST);
    assertThat(mask)
        .isEqualTo(
            TokenMask.of(
                5,
                7,
                (row, column) -> {
                  int count = 0;
                  for (int i = 0; i < factor * factor; i++) {
                    int x = column * factor + i % factor;
                    int y = row * factor + i / factor;
                    count += pixels[y * size.width() + x] ? 1 : 0;
                  }
                  return 2 * count > factor * factor;
                }));
  }

  @Test
  void aMaskPictureOfAnotherSizeIsAveragedOverExactAreas() {
    // three columns over two tokens: each token covers one column and a half
    Mask middle = Mask.of(new Size(3, 1), (x, y) -> x == 1);
    Mask left = Mask.of(new Size(3, 1), (x, y) -> x == 0);
    Size size = new Size(32, 16);
    assertThat(PaintMask.ofMask(size, left, 16, Coverage.MOST).toString()).isEqualTo("#.\n");
    assertThat(PaintMask.ofMask(size, middle, 16, Coverage.ANY).toString()).isEqualTo("##\n");
    assertThatThrownBy(() -> PaintMask.ofMask(size, middle, 16, Coverage.MOST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("marks 1 of its 3x1 pixels");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.01, Double.NaN})
  void refusesRatiosOutsideZeroToOne(double ratio) {
    assertThatThrownBy(() -> PaintMask.inpainting(new Size(32, 32), 0.5, ratio, 16))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("width ratio is " + ratio);
  }

  @Test
  void refusesSidesThatAreNoMultiples() {
    assertThatThrownBy(() -> PaintMask.inpainting(new Size(100, 64), 0.5, 0.5, 16))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("100x64")
        .hasMessageContaining("96x64");
  }

  @Test
  void aTokenMaskKnowsItsPlaces() {
    TokenMask mask = TokenMask.parse(List.of("#..", ".##"));
    assertThat(mask.indices()).containsExactly(0, 4, 5);
    assertThat(mask.inverted().indices()).containsExactly(1, 2, 3);
    assertThat(mask.count()).isEqualTo(3);
    assertThat(mask.masked(1, 2)).isTrue();
    assertThatThrownBy(() -> mask.masked(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
