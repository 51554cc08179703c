package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.image.Picture;
import ai.dimoo.train.source.IndexedRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final SceneOptions ALL = SceneOptions.standard().withSplit(SceneOptions.Split.ALL);
  private static final Background WHITE = new Background(Tone.WHITE, Texture.PLAIN);

  /// The share of scenes in which all objects and nothing else were found.
  private static double accuracy(int scenes, UnaryOperator<Picture> degraded) {
    SceneGenerator generator = new SceneGenerator(ALL, 51);
    int right = 0;
    for (int i = 0; i < scenes; i++) {
      Scene scene = generator.next();
      Picture picture = degraded.apply(Renderer.render(scene));
      if (Found.matches(Judge.objects(picture), scene)
          && Judge.background(picture).equals(scene.background())) {
        right++;
      }
    }
    return right / (double) scenes;
  }

  @Test
  void isRightOnFreshRenderings() {
    assertThat(accuracy(2000, UnaryOperator.identity())).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void bearsBlur() {
    assertThat(accuracy(300, JudgeTest::blurred)).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void bearsNoise() {
    RandomGenerator random = IndexedRandom.at(52, 0);
    assertThat(accuracy(300, picture -> noisy(picture, 12, random))).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void bearsCoarseColours() {
    assertThat(accuracy(300, JudgeTest::coarse)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void bearsBlurAndNoiseTogether() {
    RandomGenerator random = IndexedRandom.at(53, 0);
    assertThat(accuracy(300, picture -> noisy(blurred(picture), 8, random)))
        .isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    for (Tone tone : Tone.values()) {
      for (Texture texture : Texture.values()) {
        Background background = new Background(tone, texture);
        Picture picture = Renderer.render(new Scene(8, 8, background, List.of()));
        assertThat(Judge.objects(picture)).isEmpty();
        assertThat(Judge.background(picture)).isEqualTo(background);
      }
    }
  }

  @Test
  void doesNotDependOnTheLattice() {
    Item ring = new Item(Shape.RING, Colour.GREEN, Size.SMALL, 1, 1);
    Item cross = new Item(Shape.CROSS, Colour.PINK, Size.LARGE, 4, 4);
    Picture picture = Renderer.render(new Scene(8, 8, WHITE, List.of(ring, cross)));
    byte[] moved = new byte[3 * 64 * 64];
    for (int i = 0; i < 64 * 64; i++) {
      int rgb = picture.rgb(Math.max(0, i % 64 - 3), Math.max(0, i / 64 - 5));
      write(moved, i, rgb);
    }

    List<Found> found = Judge.objects(Picture.of(64, 64, moved));
    assertThat(found).extracting(Found::words).containsExactly("green ring", "pink cross");
    assertThat(found.getFirst().box()).isEqualTo(new Box(11, 13, 27, 29));
    assertThat(found.getLast().box()).isEqualTo(new Box(35, 37, 59, 61));
  }

  @Test
  void separatesObjectsThatTouch() {
    Item red = new Item(Shape.SQUARE, Colour.RED, Size.SMALL, 1, 1);
    Item blue = new Item(Shape.CIRCLE, Colour.BLUE, Size.LARGE, 3, 1);
    Scene scene = new Scene(8, 8, WHITE, List.of(red, blue));
    assertThat(Found.matches(Judge.objects(blurred(Renderer.render(scene))), scene)).isTrue();
    Item twin = new Item(Shape.CIRCLE, Colour.BLUE, Size.LARGE, 0, 1);
    Scene twins = new Scene(8, 8, WHITE, List.of(twin, blue));
    assertThat(Found.matches(Judge.objects(blurred(Renderer.render(twins))), twins)).isTrue();
  }

  @Test
  void aWrongColourShapeSizeOrPlaceIsNoMatch() {
    Item item = new Item(Shape.SQUARE, Colour.RED, Size.SMALL, 1, 1);
    Scene scene = new Scene(8, 8, WHITE, List.of(item));
    List<Item> others =
        List.of(
            new Item(Shape.CIRCLE, Colour.RED, Size.SMALL, 1, 1),
            new Item(Shape.SQUARE, Colour.PINK, Size.SMALL, 1, 1),
            new Item(Shape.SQUARE, Colour.RED, Size.LARGE, 1, 1),
            new Item(Shape.SQUARE, Colour.RED, Size.SMALL, 2, 1));
    assertThat(Found.matches(List.of(Found.of(item)), scene)).isTrue();
    for (Item other : others) {
      Picture picture = Renderer.render(new Scene(8, 8, WHITE, List.of(other)));
      assertThat(Found.matches(Judge.objects(picture), scene)).isFalse();
    }
    assertThat(Found.matches(List.of(), scene)).isFalse();
    assertThat(Found.matches(List.of(Found.of(item), Found.of(item)), scene)).isFalse();
  }

  /// The mean of each pixel and its eight neighbours.
  private static Picture blurred(Picture picture) {
    byte[] rgb = new byte[3 * picture.width() * picture.height()];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          int sum = 0;
          for (int i = 0; i < 9; i++) {
            int u = Math.clamp(x + i % 3 - 1, 0, picture.width() - 1);
            int v = Math.clamp(y + i / 3 - 1, 0, picture.height() - 1);
            sum += picture.rgb(u, v) >> shift & 0xff;
          }
          mean |= sum / 9 << shift;
        }
        write(rgb, y * picture.width() + x, mean);
      }
    }
    return Picture.of(picture.width(), picture.height(), rgb);
  }

  private static Picture noisy(Picture picture, double deviation, RandomGenerator random) {
    byte[] rgb = picture.toBytes();
    for (int i = 0; i < rgb.length; i++) {
      long value = Math.round((rgb[i] & 0xff) + deviation * random.nextGaussian());
      rgb[i] = (byte) Math.clamp(value, 0, 255);
    }
    return Picture.of(picture.width(), picture.height(), rgb);
  }

  /// Five bits a channel.
  private static Picture coarse(Picture picture) {
    byte[] rgb = picture.toBytes();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (rgb[i] & 0xf8 | 4);
    }
    return Picture.of(picture.width(), picture.height(), rgb);
  }

  private static void write(byte[] rgb, int pixel, int colour) {
    rgb[3 * pixel] = (byte) (colour >> 16);
    rgb[3 * pixel + 1] = (byte) (colour >> 8);
    rgb[3 * pixel + 2] = (byte) colour;
  }
}
