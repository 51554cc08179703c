package ai.dimoo.train.worlds.pictograms.language;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Change;
import ai.dimoo.train.worlds.pictograms.scene.Changes;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Requirement;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneKind;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Subject;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Word;
import ai.dimoo.train.worlds.pictograms.scene.Zone;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Rendering;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CaptionsTest {

  private static final SceneOptions STANDARD = SceneOptions.standard();

  @Test
  void everySceneIsRightForItsCaptions() {
    SceneGenerator scenes = new SceneGenerator(STANDARD, 11);
    for (int i = 0; i < 1500; i++) {
      Scene scene = scenes.at(i);
      Caption caption = Captions.caption(scene, IndexedRandom.at(11, i));
      assertThat(caption.requirement().metBy(scene)).as("%s %s", caption, scene).isTrue();
      assertThat(caption.text()).isNotBlank().doesNotContain("  ");
    }
  }

  @Test
  void aSceneWithMoreOrLessOrSomethingElseIsWrong() {
    Changes changes = new Changes(STANDARD);
    for (Change.Kind kind :
        List.of(Change.Kind.ADD, Change.Kind.REMOVE, Change.Kind.REPLACE, Change.Kind.COUNT)) {
      for (int i = 0; i < 100; i++) {
        RandomGenerator random = IndexedRandom.at(12, i);
        Change change = changes.draw(kind, random);
        Caption caption = Captions.caption(change.before(), random);
        assertThat(caption.requirement().metBy(change.before())).isTrue();
        assertThat(caption.requirement().metBy(change.after())).as("%s", change).isFalse();
      }
    }
  }

  @Test
  void aThoroughCaptionLeavesNeitherPlaceNorSizeNorArtistOpen() {
    SceneGenerator scenes = new SceneGenerator(STANDARD.only(SceneKind.SINGLE), 15);
    for (int i = 0; i < 300; i++) {
      Scene scene = scenes.at(i);
      Item item = scene.items().getFirst();
      Requirement asked = Captions.thorough(scene, IndexedRandom.at(15, i)).requirement();
      assertThat(asked.metBy(scene)).isTrue();
      Pictogram drawn = (Pictogram) item.subject();
      Artist other = drawn.artist() == Artist.NOTO ? Artist.FLUENT : Artist.NOTO;
      ItemSize otherSize = item.size() == ItemSize.LARGE ? ItemSize.SMALL : ItemSize.LARGE;
      List<Item> others = new ArrayList<>();
      others.add(
          new Item(Pictogram.plain(drawn.thing(), other), item.column(), item.row(), item.size()));
      others.add(new Item(drawn, item.column() % 4, item.row() % 4, otherSize));
      if (Zone.clear(item)) {
        others.add(item.at(item.column() == 0 ? 4 : 0, item.row()));
      }
      for (Item wrong : others) {
        assertThat(asked.metBy(new Scene(scene.background(), List.of(wrong))))
            .as("%s", wrong)
            .isFalse();
      }
    }
  }

  @Test
  void mostCaptionsTellThingsInReadingOrder() {
    SceneGenerator scenes = new SceneGenerator(STANDARD.only(SceneKind.GROUP), 13);
    int inOrder = 0;
    for (int i = 0; i < 500; i++) {
      Scene scene = scenes.at(i);
      List<Item> told = CaptionPlan.draw(scene, IndexedRandom.at(13, i)).order();
      inOrder += told.equals(scene.inReadingOrder()) ? 1 : 0;
    }
    assertThat(inOrder).isBetween(420, 480);
  }

  @Test
  void aSixthIsChinese() {
    SceneGenerator scenes = new SceneGenerator(STANDARD, 14);
    int chinese = 0;
    for (int i = 0; i < 900; i++) {
      Caption caption = Captions.caption(scenes.at(i), IndexedRandom.at(14, i));
      boolean han = caption.text().codePoints().anyMatch(Character::isIdeographic);
      assertThat(han).isEqualTo(caption.language() == Language.CHINESE);
      chinese += han ? 1 : 0;
    }
    assertThat(chinese).isBetween(110, 190);
  }

  @Test
  void describes() {
    Item fox = item(thing("fox"), 0, 2);
    Item pizza = item(thing("pizza"), 4, 2);
    assertDescribed(
        List.of(fox, pizza), "a fox left of a pizza on a white background", "一只狐狸在一块披萨的左边，白色背景");
    assertDescribed(
        List.of(pizza, item(thing("owl"), 2, 4)),
        "an owl in front of a pizza on a white background",
        "一只猫头鹰在一块披萨的前面，白色背景");
    Item umbrella = new Item(thing("umbrella"), 0, 0, ItemSize.SMALL);
    assertDescribed(
        List.of(umbrella, umbrella.at(6, 6), umbrella.at(2, 2)),
        "three umbrellas on a white background",
        "三把伞，白色背景");
    assertDescribed(
        List.of(
            new Item(thing("scissors"), 0, 0, ItemSize.SMALL),
            umbrella.at(4, 4),
            new Item(thing("horse"), 0, 4, ItemSize.SMALL)),
        "scissors, a horse and an umbrella",
        "一把剪刀、一匹马和一把伞");
    assertDescribed(
        List.of(item(thing("apple").tinted(Colour.BLUE), 0, 0)),
        "a blue apple on a white background",
        "一个蓝色的苹果，白色背景");
    assertDescribed(
        List.of(item(thing("elephant").as(Rendering.SILHOUETTE), 0, 0)),
        "a silhouette of an elephant on a white background",
        "一头剪影风格的大象，白色背景");
    assertDescribed(
        List.of(item(new Simple(SimpleShape.CIRCLE, Colour.ORANGE), 0, 0)),
        "an orange circle on a white background",
        "一个橙色的圆形，白色背景");
    assertDescribed(
        List.of(new Item(new Word("CAT", Colour.RED), 0, 0, ItemSize.SMALL)),
        "the word CAT in red on a white background",
        "红色的文字CAT，白色背景");
  }

  private static void assertDescribed(List<Item> items, String english, String chinese) {
    Scene scene = new Scene(Background.WHITE, items);
    assertThat(Captions.description(scene, Language.ENGLISH)).isEqualTo(english);
    assertThat(Captions.description(scene, Language.CHINESE)).isEqualTo(chinese);
  }

  @Test
  void namesEverythingByItsNounOrASynonym() {
    SceneGenerator scenes = new SceneGenerator(STANDARD.only(SceneKind.PAIR, SceneKind.SINGLE), 15);
    for (int i = 0; i < 500; i++) {
      Scene scene = scenes.at(i);
      Caption caption = Captions.caption(scene, Language.ENGLISH, IndexedRandom.at(15, i));
      String text = caption.text().toLowerCase(Locale.ROOT);
      for (Item item : scene.items()) {
        var thing = ((Pictogram) item.subject()).thing();
        assertThat(
                text.contains(thing.noun().toLowerCase(Locale.ROOT))
                    || thing.synonyms().stream().anyMatch(text::contains))
            .as("%s in '%s'", thing, text)
            .isTrue();
      }
    }
  }

  private static Item item(Subject subject, int column, int row) {
    return new Item(subject, column, row, ItemSize.LARGE);
  }

  private static Pictogram thing(String key) {
    return Pictogram.plain(Things.load().byKey(key), Artist.NOTO);
  }
}
