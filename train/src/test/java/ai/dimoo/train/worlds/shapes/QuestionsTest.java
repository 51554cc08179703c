package ai.dimoo.train.worlds.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class QuestionsTest {

  private static final SceneOptions ALL = SceneOptions.standard().withSplit(SceneOptions.Split.ALL);

  @Test
  void thePictureGivesTheSameAnswers() {
    SceneGenerator scenes = new SceneGenerator(ALL, 21);
    RandomGenerator random = IndexedRandom.at(21, 0);
    for (int i = 0; i < 300; i++) {
      Scene scene = scenes.next();
      Claims claims = new Claims(Renderer.render(scene));
      for (Question question : Questions.all(scene)) {
        assertThat(claims.answer(question.text()))
            .as("%s %s", question.text(), scene)
            .isEqualTo(question.answer());
      }
      Question asked = Questions.ask(scene, random);
      assertThat(claims.answer(asked.text())).as(asked.text()).isEqualTo(asked.answer());
    }
  }

  @Test
  void allKindsAreAskedAndYesIsAsFrequentAsNo() {
    SceneGenerator scenes = new SceneGenerator(ALL, 22);
    RandomGenerator random = IndexedRandom.at(22, 0);
    Map<Question.Kind, Integer> kinds = new EnumMap<>(Question.Kind.class);
    Map<String, Integer> answers = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      Question question = Questions.ask(scenes.next(), random);
      kinds.merge(question.kind(), 1, Integer::sum);
      answers.merge(question.answer(), 1, Integer::sum);
      assertThat(question.answer().split(" ")).hasSizeBetween(1, 3);
    }
    assertThat(kinds).hasSize(Question.Kind.values().length);
    assertThat(kinds.values()).allMatch(count -> count > 100);
    assertThat(answers.get("yes") / (double) (answers.get("yes") + answers.get("no")))
        .isBetween(0.45, 0.55);
  }

  @Test
  void asksNothingThatHasTwoAnswers() {
    Item red = new Item(Shape.CIRCLE, Colour.RED, Size.SMALL, 0, 0);
    Item blue = new Item(Shape.CIRCLE, Colour.BLUE, Size.LARGE, 4, 4);
    Background white = new Background(Tone.WHITE, Texture.PLAIN);
    List<String> texts =
        Questions.all(new Scene(8, 8, white, List.of(red, blue))).stream()
            .map(Question::text)
            .toList();

    assertThat(texts)
        .contains("how big is the red circle?", "how many circles are there?")
        .doesNotContain("what colour is the circle?", "how big is the circle?")
        .noneMatch(text -> text.contains("left of"));
  }
}
