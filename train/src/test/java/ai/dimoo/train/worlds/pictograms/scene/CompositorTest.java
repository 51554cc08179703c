package ai.dimoo.train.worlds.pictograms.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.image.Picture;
import ai.dimoo.train.source.Layered;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.FetchedIcons;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Sprites;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CompositorTest {

  /// Of the pictures of the first 100 scenes. Shipped weights were trained on exactly this world: a
  /// change here needs a new training.
  private static final long WORLD = 3_316_921_170L;

  private static final Item BACK =
      new Item(new Simple(SimpleShape.SQUARE, Colour.BLUE), 0, 0, ItemSize.LARGE);
  private static final Item FRONT =
      new Item(new Simple(SimpleShape.SQUARE, Colour.RED), 2, 2, ItemSize.LARGE);
  private static final Item WORD = new Item(new Word("OK", Colour.BLACK), 6, 0, ItemSize.SMALL);

  private final Compositor compositor = new Compositor(null);

  @Test
  void anItemFillsItsBoxAndNothingElse() {
    Composition scene = compositor.compose(new Scene(Background.WHITE, List.of(BACK.at(2, 4))));

    assertThat(scene.picture().width()).isEqualTo(128);
    assertThat(scene.picture().height()).isEqualTo(128);
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        boolean inside = x >= 33 && x < 95 && y >= 65 && y < 127;
        assertThat(scene.picture().rgb(x, y))
            .as("pixel %d,%d", x, y)
            .isEqualTo(inside ? Colour.BLUE.rgb() : 0xFFFFFF);
        assertThat(scene.itemAt(x, y)).isEqualTo(inside ? 0 : -1);
      }
    }
  }

  @Test
  void looksAreKeptButWordsOfWhichThereAreMillions() {
    assertThat(compositor.sprite(BACK.subject(), ItemSize.LARGE))
        .isSameAs(compositor.sprite(BACK.subject(), ItemSize.LARGE));
    assertThat(compositor.sprite(WORD.subject(), ItemSize.SMALL))
        .isNotSameAs(compositor.sprite(WORD.subject(), ItemSize.SMALL));
  }

  @Test
  void layersMakeThePictureAgain() {
    Scene scene = new Scene(Background.SKY, List.of(BACK, FRONT, WORD));
    Layered layers = compositor.layered(scene);

    assertThat(layers.picture()).isEqualTo(compositor.render(scene));
    byte[] seen = layers.picture().toBytes();
    byte[] things = layers.things().toBytes();
    byte[] coverage = layers.coverage();
    boolean partly = false;
    for (int i = 0; i < coverage.length; i++) {
      int cover = coverage[i] & 0xff;
      partly |= cover > 0 && cover < 255;
      int behind = Background.SKY.rgb(i % Scene.SIDE, i / Scene.SIDE);
      for (int c = 0; c < 3; c++) {
        int bare = (behind >> 16 - 8 * c & 0xff) - (Layered.GREY & 0xff);
        double expected = (things[3 * i + c] & 0xff) + bare * (255 - cover) / 255.0;
        assertThat(seen[3 * i + c] & 0xff).isCloseTo((int) Math.round(expected), within(2));
      }
    }
    assertThat(partly).as("edges of letters are smooth").isTrue();
  }

  @Test
  void whatComesLaterIsInFront() {
    Composition scene = compositor.compose(new Scene(Background.GREEN, List.of(BACK, FRONT)));

    assertThat(scene.picture().rgb(40, 40)).isEqualTo(Colour.RED.rgb());
    assertThat(scene.itemAt(40, 40)).isEqualTo(1);
    assertThat(scene.itemAt(10, 10)).isZero();
    assertThat(count(scene.visible(0))).isEqualTo(62 * 62 - 30 * 30);
    assertThat(count(scene.visible(1))).isEqualTo(62 * 62);
  }

  @Test
  void boxesAreWholeTokens() {
    Composition scene = compositor.compose(new Scene(Background.SKY, List.of(FRONT, WORD)));

    assertThat(count(scene.boxes())).isEqualTo(64 * 64 + 32 * 32);
    assertThat(count(scene.occupiedTokens())).isEqualTo(16 + 4);
    assertThat(scene.occupiedTokens()[6]).isTrue();
    assertThat(scene.occupiedTokens()[5]).isFalse();
  }

  @Test
  void texturesRepeatFromTokenToToken() {
    for (Background background : Background.of(Background.Sort.TEXTURED)) {
      Picture picture = compositor.render(new Scene(background, List.of()));
      for (int y = 0; y < 128; y++) {
        for (int x = 0; x < 128; x++) {
          assertThat(picture.rgb(x, y)).isEqualTo(picture.rgb(x % 16, y % 16));
        }
      }
    }
  }

  @Test
  void nothingLeavesThePictureOrStandsBetweenPlaces() {
    assertThatThrownBy(() -> FRONT.at(6, 0)).hasMessageContaining("leaves the picture");
    assertThatThrownBy(() -> FRONT.at(1, 0)).hasMessageContaining("even");
    assertThatThrownBy(() -> new Word("a", Colour.RED)).hasMessageContaining("2 to 4");
    assertThatThrownBy(() -> new Item(WORD.subject(), 0, 0, ItemSize.LARGE))
        .hasMessageContaining("always small");
  }

  @Test
  void artistsAndTintsCanBeTold() {
    FetchedIcons.require();
    Compositor all = new Compositor(Sprites.draw(Things.load().taught()));
    Pictogram fox = Pictogram.plain(Things.load().byKey("fox"), Artist.NOTO);
    List<Subject> looks =
        List.of(fox, fox.by(Artist.FLUENT), fox.tinted(Colour.BLUE), fox.tinted(Colour.RED));

    assertThat(looks.stream().map(look -> all.sprite(look, ItemSize.LARGE)).distinct()).hasSize(4);
  }

  @Test
  void theWorldStaysAsItIs() {
    FetchedIcons.require();
    Compositor all = new Compositor(Sprites.draw(Things.load().taught()));
    SceneGenerator scenes = new SceneGenerator(SceneOptions.standard(), 0);
    CRC32 crc = new CRC32();
    for (int i = 0; i < 100; i++) {
      crc.update(all.render(scenes.at(i)).toBytes());
    }
    assertThat(crc.getValue()).isEqualTo(WORLD);
  }

  private static int count(boolean[] mask) {
    int set = 0;
    for (boolean one : mask) {
      set += one ? 1 : 0;
    }
    return set;
  }
}
