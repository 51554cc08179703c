package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CaptionsTest {

  private static final SceneOptions STANDARD = SceneOptions.standard();

  @Test
  void captionsAreTrueOfTheRenderedPicture() {
    SceneOptions all = STANDARD.withSplit(SceneOptions.Split.ALL);
    SceneGenerator scenes = new SceneGenerator(all, 11);
    RandomGenerator random = IndexedRandom.at(11, 0);
    for (int i = 0; i < 400; i++) {
      Scene scene = scenes.next();
      Claims claims = new Claims(Renderer.render(scene));
      for (int j = 0; j < 4; j++) {
        String caption = Captions.caption(scene, random);
        assertThat(claims.holdsCaption(caption)).as("%s: %s", caption, scene).isTrue();
      }
    }
  }

  @Test
  void readingOrderBeginsAtTheUpperLeft() {
    SceneGenerator scenes = new SceneGenerator(STANDARD.only(SceneKind.RELATION), 15);
    RandomGenerator random = IndexedRandom.at(15, 0);
    for (int i = 0; i < 200; i++) {
      Scene scene = scenes.next();
      Item a = scene.items().getFirst();
      Item b = scene.items().getLast();
      boolean before =
          Relation.LEFT_OF.clear(a.box(), b.box()) || Relation.ABOVE.clear(a.box(), b.box());
      String caption = Captions.inReadingOrder(scene, random);
      assertThat(caption.indexOf((before ? a : b).shape().word()))
          .as("%s: %s", caption, scene)
          .isLessThan(caption.indexOf((before ? b : a).shape().word()));
      assertThat(new Claims(Renderer.render(scene)).holdsCaption(caption)).isTrue();
    }
  }

  @Test
  void theCheckItselfNoticesALie() {
    Item circle = new Item(Shape.CIRCLE, Colour.RED, Size.SMALL, 0, 3);
    Item square = new Item(Shape.SQUARE, Colour.BLUE, Size.LARGE, 4, 3);
    Background grey = new Background(Tone.GREY, Texture.PLAIN);
    Claims claims = new Claims(Renderer.render(new Scene(8, 8, grey, List.of(circle, square))));

    assertThat(claims.holdsCaption("a red circle left of a blue square")).isTrue();
    assertThat(claims.holdsCaption("a red circle right of a blue square")).isFalse();
    assertThat(claims.holdsCaption("a red circle and a blue ring")).isFalse();
    assertThat(claims.holdsCaption("a large red circle and a blue square")).isFalse();
    assertThat(claims.holdsCaption("a red circle")).isFalse();
    assertThat(claims.holdsCaption("a circle and a square on a black background")).isFalse();
  }

  @Test
  void captionsVaryAndAreShort() {
    SceneGenerator scenes = new SceneGenerator(STANDARD, 12);
    RandomGenerator random = IndexedRandom.at(12, 0);
    Set<String> different = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      String caption = Captions.caption(scenes.next(), random);
      different.add(caption);
      assertThat(caption.split(" ")).hasSizeBetween(2, 22);
    }
    assertThat(different).hasSizeGreaterThan(1400);
  }

  @Test
  void theSameRandomStateGivesTheSameCaption() {
    Scene scene = new SceneGenerator(STANDARD, 13).next();
    assertThat(Captions.caption(scene, IndexedRandom.at(7, 3)))
        .isEqualTo(Captions.caption(scene, IndexedRandom.at(7, 3)));
  }

  @Test
  void noCaptionIsAnEvaluationPrompt() {
    Set<String> prompts = new HashSet<>();
    EvaluationPrompts.heldOut().values().forEach(l -> l.forEach(p -> prompts.add(p.text())));
    SceneGenerator scenes = new SceneGenerator(STANDARD, 14);
    RandomGenerator random = IndexedRandom.at(14, 0);
    for (int i = 0; i < 20_000; i++) {
      Scene scene = scenes.next();
      String caption = Captions.caption(scene, random).toLowerCase(Locale.ROOT).replace(".", "");
      assertThat(prompts).doesNotContain(caption);
    }
  }
}
