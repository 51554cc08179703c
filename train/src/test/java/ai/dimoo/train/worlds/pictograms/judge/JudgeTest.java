package ai.dimoo.train.worlds.pictograms.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Look;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Thing;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final Things THINGS = Things.load();

  private static Compositor compositor;
  private static Judge judge;
  private static List<Thing> untaught;

  @BeforeAll
  static void knowAllThings() {
    compositor = AllThings.compositor();
    judge = AllThings.judge();
    untaught =
        AllThings.drawn().stream().filter(thing -> !THINGS.taught().contains(thing)).toList();
  }

  @Test
  void freshRenderingsAreRecognised() {
    assertThat(share(300, picture -> picture)).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void blurAndJpegAreBorne() {
    assertThat(share(80, picture -> jpeg(blurred(picture)))).isGreaterThanOrEqualTo(0.92);
  }

  /// Scenes of all kinds of which everything is recognised, and nothing else.
  private static double share(int count, UnaryOperator<Picture> change) {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), 7);
    return IntStream.range(0, count)
            .mapToObj(scenes::at)
            .filter(scene ->
                judge.satisfies(Requirement.exactly(scene), change.apply(compositor.render(scene))))
            .count()
        / (double) count;
  }

  @Test
  void anotherSceneIsNotTakenForWhatIsAsked() {
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), 8);
    for (int i = 0; i < 30; i++) {
      Requirement asked = Requirement.exactly(scenes.at(i));
      assertThat(judge.satisfies(asked, compositor.render(scenes.at(i + 1)))).isFalse();
    }
  }

  @Test
  void noiseShowsNothing() {
    Random random = new Random(1);
    byte[] rgb = new byte[3 * 128 * 128];
    for (int i = 0; i < 10; i++) {
      random.nextBytes(rgb);
      Seen seen = judge.look(Picture.of(128, 128, rgb));
      assertThat(seen.found()).isEmpty();
      assertThat(seen.unknown()).isPositive();
    }
  }

  @Test
  void anEmptyPictureShowsItsBackgroundOnly() {
    for (Background background : Background.values()) {
      Seen seen = judge.look(compositor.render(new Scene(background, List.of())));
      assertThat(seen).isEqualTo(new Seen(background, List.of(), 0));
    }
  }

  /// A red heart of the cards is the heart, to anyone's eyes: a few such are taken for what is
  /// taught.
  @Test
  void hardlyAnyUntaughtThingIsTakenForATaughtOne() {
    assertThat(nothingKnown(60, random -> shown(pick(untaught, random), random)))
        .isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void hardlyAnyHalfThingIsTakenForAWholeOne() {
    assertThat(
            nothingKnown(
                60,
                random -> {
                  Scene scene = scene(pick(THINGS.taught(), random), random);
                  Item item = scene.items().getFirst();
                  int half = item.column() * 16 + item.size().pixels() / 2;
                  return right(
                      compositor.render(scene), compositor.render(scene.with(List.of())), half);
                }))
        .isGreaterThanOrEqualTo(0.85);
  }

  private interface Draw {
    Picture from(Random random);
  }

  /// The share of pictures in which nothing is found.
  private static double nothingKnown(int count, Draw draw) {
    Random random = new Random(3);
    return IntStream.range(0, count)
            .mapToObj(i -> judge.look(draw.from(random)))
            .filter(seen -> seen.found().isEmpty())
            .count()
        / (double) count;
  }

  private static Picture shown(Thing thing, Random random) {
    return compositor.render(scene(thing, random));
  }

  private static Scene scene(Thing thing, Random random) {
    Pictogram drawing = Pictogram.plain(thing, pick(List.of(Artist.values()), random));
    ItemSize size = pick(List.of(ItemSize.values()), random);
    Item item = new Item(drawing, 2 * random.nextInt(3), 2 * random.nextInt(3), size);
    return new Scene(pick(List.of(Background.values()), random), List.of(item));
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Test
  void artistRenderingColourSizeAndOrderAreSeen() {
    Thing cat = THINGS.byKey("cat");
    Thing dog = THINGS.byKey("dog");
    Item outlined =
        new Item(Pictogram.plain(cat, Artist.NOTO).as(Rendering.OUTLINE), 0, 0, ItemSize.LARGE);
    Item tinted =
        new Item(Pictogram.plain(dog, Artist.FLUENT).tinted(Colour.BLUE), 4, 2, ItemSize.LARGE);
    Item word = new Item(new Word("K9", Colour.RED), 0, 6, ItemSize.SMALL);
    Item before = new Item(new Simple(SimpleShape.CIRCLE, Colour.GREEN), 6, 4, ItemSize.SMALL);
    Scene scene = new Scene(Background.YELLOW, List.of(outlined, tinted, word, before));
    Seen seen = judge.look(compositor.render(scene));
    assertThat(seen.background()).isEqualTo(Background.YELLOW);
    assertThat(seen.unknown()).isZero();
    assertThat(seen.items()).containsExactlyInAnyOrderElementsOf(scene.items());
    assertThat(seen.items().indexOf(before)).isGreaterThan(seen.items().indexOf(tinted));
    assertThat(seen.found()).allSatisfy(found -> assertThat(found.margin()).isGreaterThan(0.9));
  }

  @Test
  void silhouettesOfOneClassAreTakenForWhicheverIsAsked() {
    List<Thing> round =
        THINGS.rendered().stream()
            .filter(thing ->
                THINGS.rendered().stream()
                        .filter(other -> other.silhouette().equals(thing.silhouette()))
                        .count()
                    > 1)
            .limit(2)
            .toList();
    if (round.size() < 2 || !round.get(0).silhouette().equals(round.get(1).silhouette())) {
      return; // no two of them coincide
    }
    Item one =
        new Item(
            Pictogram.plain(round.get(0), Artist.NOTO).as(Rendering.SILHOUETTE),
            2,
            2,
            ItemSize.LARGE);
    Picture picture = compositor.render(new Scene(Background.WHITE, List.of(one)));
    for (Thing thing : round) {
      assertThat(
              judge.satisfies(
                  Requirement.of(List.of(Requirement.Part.one(Look.of(thing)))), picture))
          .as(thing.key())
          .isTrue();
    }
  }

  @Test
  void picturesOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> judge.look(Picture.of(64, 64, new byte[3 * 64 * 64])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64x64");
  }

  /// The left part of one picture and the rest of another.
  private static Picture right(Picture left, Picture rest, int from) {
    byte[] rgb = left.toBytes();
    byte[] other = rest.toBytes();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i / 3 % 128 >= from ? other[i] : rgb[i];
    }
    return Picture.of(128, 128, rgb);
  }

  private static Picture jpeg(Picture picture) {
    return ImageFiles.read(ImageFiles.encodeJpeg(picture, 40), "picture");
  }

  /// The mean of three by three pixels.
  private static Picture blurred(Picture picture) {
    byte[] from = picture.toBytes();
    byte[] to = new byte[from.length];
    for (int i = 0; i < to.length; i++) {
      int x = i / 3 % 128;
      int y = i / 3 / 128;
      int sum = 0;
      for (int j = 0; j < 9; j++) {
        int u = Math.clamp(x + j % 3 - 1, 0, 127);
        int v = Math.clamp(y + j / 3 - 1, 0, 127);
        sum += from[3 * (v * 128 + u) + i % 3] & 0xff;
      }
      to[i] = (byte) (sum / 9);
    }
    return Picture.of(128, 128, to);
  }
}
