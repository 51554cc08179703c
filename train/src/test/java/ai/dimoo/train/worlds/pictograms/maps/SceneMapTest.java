package ai.dimoo.train.worlds.pictograms.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.dimoo.image.Picture;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Composition;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Figure;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Pose;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneMapTest {

  private static final Item SQUARE =
      new Item(new Simple(SimpleShape.SQUARE, Colour.BLUE), 4, 0, ItemSize.LARGE);
  private static final Item DISC =
      new Item(new Simple(SimpleShape.CIRCLE, Colour.YELLOW), 2, 2, ItemSize.LARGE);
  private static final Item SMALL =
      new Item(new Simple(SimpleShape.CROSS, Colour.RED), 0, 6, ItemSize.SMALL);
  private static final Item WORD = new Item(new Word("OK", Colour.GREEN), 0, 0, ItemSize.SMALL);
  private static final Item PERSON =
      new Item(new Figure(Pose.ARMS_OUT, Colour.PURPLE), 4, 4, ItemSize.LARGE);

  /// The disc before the square, and two that overlap nothing.
  private static final Composition SCENE = scene(Background.SKY, SQUARE, DISC, SMALL, WORD);

  private static Composition scene(Background background, Item... items) {
    return new Compositor(null).compose(new Scene(background, List.of(items)));
  }

  @ParameterizedTest
  @EnumSource
  void aMapAgreesWithItsOwnSceneAndABlankOneDoesNot(SceneMap map) {
    Composition scene = map == SceneMap.OPENPOSE ? scene(Background.PINK, PERSON) : SCENE;
    assertThat(map.agreement(scene, map.of(scene))).isEqualTo(1);
    assertThat(map.agreement(scene, map.blank())).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anotherScenesMapDoesNotAgree(SceneMap map) {
    Composition scene = map == SceneMap.OPENPOSE ? scene(Background.PINK, PERSON) : SCENE;
    Composition other =
        scene(Background.WHITE, PERSON.with(new Figure(Pose.WALKING, Colour.RED)).at(0, 2));
    assertThat(map.agreement(scene, map.of(other))).isLessThan(0.5);
  }

  @ParameterizedTest
  @EnumSource(Background.class)
  void noBackgroundHasEdges(Background background) {
    Composition empty = scene(background);
    assertThat(colours(SceneMap.CANNY.of(empty))).containsExactly(0);
    for (int colour : colours(SceneMap.HED.of(empty))) {
      assertThat(PixelColours.level(colour)).isLessThan(40);
    }
  }

  @ParameterizedTest
  @EnumSource(Background.class)
  void cannyFindsTheOutlineOnEveryBackground(Background background) {
    Picture edges = SceneMap.CANNY.of(scene(background, SQUARE));
    // the square has 62 pixels a side, one from the edges of its box
    int left = SQUARE.box().x() + 1;
    for (int y = 8; y < 56; y++) {
      int row = y;
      assertThat(List.of(left - 1, left, left + 1)).anyMatch(x -> edges.rgb(x, row) != 0);
    }
    assertThat(colours(edges)).containsExactlyInAnyOrder(0, 0xffffff);
  }

  @Test
  void whatOverlapsIsNearerAndWhatIsSmallIsFarther() {
    Picture depth = SceneMap.DEPTH.of(SCENE);
    int square = depth.rgb(120, 8) & 0xff;
    int disc = depth.rgb(64, 64) & 0xff;
    int small = depth.rgb(16, 112) & 0xff;
    int behind = depth.rgb(2, 64) & 0xff;
    assertThat(disc).isGreaterThan(square);
    assertThat(square).isGreaterThan(small);
    assertThat(small).isGreaterThan(behind);
    assertThat(depth.rgb(80, 50)).as("where both are").isEqualTo(depth.rgb(64, 64));
  }

  @Test
  void depthInWrongOrderOrFarOffIsNotRight() {
    Composition swapped = scene(Background.SKY, DISC, SQUARE, SMALL, WORD);
    DepthAgreement wrong = DepthAgreement.of(SCENE, SceneMap.DEPTH.of(swapped));
    assertThat(wrong.order()).isFalse();
    Picture right = SceneMap.DEPTH.of(SCENE);
    Picture darker =
        PixelColours.picture(
            128,
            128,
            (x, y) -> PixelColours.grey(right.rgb(x, y) == 0 ? 0 : (right.rgb(x, y) & 0xff) - 26));
    DepthAgreement dark = DepthAgreement.of(SCENE, darker);
    assertThat(dark.order()).isTrue();
    assertThat(dark.error()).isEqualTo(26 / 255.0, within(1e-9));
    assertThat(dark.right()).isFalse();
  }

  @Test
  void masksAreColouredInReadingOrder() {
    Picture masks = SceneMap.SAM2MASK.of(SCENE);
    assertThat(colours(masks)).hasSize(5);
    // the word lies nearest to the upper left corner, then the square, the disc and the cross
    List<Item> order = SCENE.scene().inReadingOrder();
    for (int rank = 0; rank < order.size(); rank++) {
      int item = SCENE.scene().items().indexOf(order.get(rank));
      boolean[] visible = SCENE.visible(item);
      for (int i = 0; i < visible.length; i++) {
        assertThat(masks.rgb(i % 128, i / 128) == Masks.COLOURS[rank + 1]).isEqualTo(visible[i]);
      }
    }
  }

  @Test
  void iouOfMasksCountsPixels() {
    Picture whole = PixelColours.picture(128, 128, (x, y) -> y < 64 ? Masks.COLOURS[1] : 0);
    Picture half = PixelColours.picture(128, 128, (x, y) -> y < 32 ? Masks.COLOURS[1] : 0);
    Picture more =
        PixelColours.picture(128, 128, (x, y) -> y < 64 ? Masks.COLOURS[1] : Masks.COLOURS[2]);
    assertThat(MaskAgreement.meanIou(whole, half)).isEqualTo(0.5);
    assertThat(MaskAgreement.meanIou(whole, more)).as("one mask too many").isEqualTo(0.5);
  }

  @Test
  void normalsLeanOutwards() {
    Picture normals = SceneMap.NORMAL.of(scene(Background.WHITE, SQUARE));
    int left = normals.rgb(66, 32);
    int top = normals.rgb(96, 2);
    int middle = normals.rgb(96, 32);
    assertThat(middle).isEqualTo(Normals.FACING).isEqualTo(normals.rgb(10, 100));
    assertThat(left >> 16).isLessThan(80);
    assertThat(left >> 8 & 0xff).isEqualTo(0x80);
    assertThat(top >> 8 & 0xff).isGreaterThan(176);
    assertThat(top >> 16).isEqualTo(0x80);
  }

  @ParameterizedTest
  @EnumSource
  void aSkeletonLiesInsideItsFigure(Pose pose) {
    Item person = PERSON.with(new Figure(pose, Colour.BLACK));
    Composition scene = scene(Background.WHITE, person);
    Picture skeleton = SceneMap.OPENPOSE.of(scene);
    int inside = 0;
    int all = 0;
    for (int i = 0; i < 128 * 128; i++) {
      if (skeleton.rgb(i % 128, i / 128) != 0) {
        all++;
        inside += scene.itemAt(i % 128, i / 128) == 0 ? 1 : 0;
      }
    }
    assertThat(all).isGreaterThan(300);
    assertThat(inside / (double) all).isGreaterThan(0.95);
  }

  @Test
  void mapsAreTheSameOnEveryMachine() {
    List<Integer> sums =
        List.of(SceneMap.CANNY, SceneMap.HED, SceneMap.DEPTH, SceneMap.SAM2MASK, SceneMap.NORMAL)
            .stream()
            .map(map -> Arrays.hashCode(map.of(SCENE).toBytes()))
            .toList();
    assertThat(sums).containsExactly(566621711, -1530352581, -1939170511, 294699639, -1837995243);
  }

  private static Set<Integer> colours(Picture picture) {
    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      colours.add(picture.rgb(i % picture.width(), i / picture.width()));
    }
    return colours;
  }
}
