package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Picture;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class RendererTest {

  private static final long WORLD_CRC = 2_038_928_882L;
  private static final Background WHITE = new Background(Tone.WHITE, Texture.PLAIN);

  @Test
  void paintsAnObjectInsideItsCellsAndNothingElsewhere() {
    Item item = new Item(Shape.SQUARE, Colour.RED, Size.SMALL, 3, 1);
    Picture picture = Renderer.render(new Scene(8, 8, WHITE, List.of(item)));

    assertThat(picture.width()).isEqualTo(64);
    assertThat(picture.height()).isEqualTo(64);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        boolean inside = x >= 25 && x < 39 && y >= 9 && y < 23;
        int expected = inside ? Colour.RED.rgb() : Tone.WHITE.rgb();
        assertThat(picture.rgb(x, y)).as("pixel %d,%d", x, y).isEqualTo(expected);
      }
    }
  }

  @Test
  void smoothsEdges() {
    Item item = new Item(Shape.CIRCLE, Colour.BLUE, Size.LARGE, 0, 0);
    Picture picture = Renderer.render(new Scene(8, 8, WHITE, List.of(item)));

    long colours =
        IntStream.range(0, 64 * 64).map(i -> picture.rgb(i % 64, i / 64)).distinct().count();
    assertThat(colours).isGreaterThan(5);
  }

  @Test
  void aTexturedBackgroundRepeatsWithTheCell() {
    for (Tone tone : Tone.values()) {
      for (Texture texture : Texture.values()) {
        Background background = new Background(tone, texture);
        Picture picture = Renderer.render(new Scene(8, 10, background, List.of()));
        for (int y = 0; y < 80; y++) {
          for (int x = 0; x < 64; x++) {
            assertThat(picture.rgb(x, y)).isEqualTo(picture.rgb(x % 8, y % 8));
          }
        }
      }
    }
  }

  @Test
  void theMaskCoversTheObjectsCells() {
    Item a = new Item(Shape.RING, Colour.RED, Size.LARGE, 0, 0);
    Item b = new Item(Shape.CROSS, Colour.CYAN, Size.SMALL, 6, 6);
    boolean[] mask = Renderer.objectMask(new Scene(8, 8, WHITE, List.of(a, b)));

    int covered = 0;
    for (boolean pixel : mask) {
      covered += pixel ? 1 : 0;
    }
    assertThat(covered).isEqualTo(24 * 24 + 16 * 16);
    assertThat(mask[23 * 64 + 23]).isTrue();
    assertThat(mask[23 * 64 + 24]).isFalse();
    assertThat(mask[48 * 64 + 48]).isTrue();
  }

  /// The shipped weights were trained on exactly this world: a change here needs a new training.
  @Test
  void theWorldStaysAsItIs() {
    CRC32 crc = new CRC32();
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), 0);
    for (int i = 0; i < 100; i++) {
      crc.update(Renderer.render(scenes.next()).toBytes());
    }
    assertThat(crc.getValue()).isEqualTo(WORLD_CRC);
  }
}
