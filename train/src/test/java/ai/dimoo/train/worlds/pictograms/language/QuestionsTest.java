package ai.dimoo.train.worlds.pictograms.language;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.scene.Background;
import ai.dimoo.train.worlds.pictograms.scene.Item;
import ai.dimoo.train.worlds.pictograms.scene.ItemSize;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import ai.dimoo.train.worlds.pictograms.scene.SceneGenerator;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Pictogram;
import ai.dimoo.train.worlds.pictograms.scene.Subject.Simple;
import ai.dimoo.train.worlds.pictograms.things.Artist;
import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.SimpleShape;
import ai.dimoo.train.worlds.pictograms.things.Things;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuestionsTest {

  private static final SceneGenerator SCENES = new SceneGenerator(SceneOptions.standard(), 21);

  @ParameterizedTest
  @EnumSource
  void allKindsAreAskedAndYesIsAsFrequentAsNo(Language language) {
    Map<Question.Kind, Integer> kinds = new EnumMap<>(Question.Kind.class);
    int yes = 0;
    int no = 0;
    for (int i = 0; i < 1500; i++) {
      Question question = Questions.ask(SCENES.at(i), language, IndexedRandom.at(22, i));
      kinds.merge(question.kind(), 1, Integer::sum);
      assertThat(question.answer()).isNotBlank();
      yes += List.of("yes", "有", "是").contains(question.answer()) ? 1 : 0;
      no += List.of("no", "没有", "不是").contains(question.answer()) ? 1 : 0;
    }
    Set<Question.Kind> onePicture = EnumSet.allOf(Question.Kind.class);
    onePicture.removeAll(EnumSet.of(Question.Kind.SAME, Question.Kind.CHANGE));
    assertThat(kinds.keySet()).containsAll(onePicture);
    assertThat(kinds.values()).allMatch(count -> count > 8);
    assertThat(yes / (double) (yes + no)).isBetween(0.43, 0.57);
  }

  @Test
  void answersAreShort() {
    for (int i = 0; i < 1000; i++) {
      Question question = Questions.ask(SCENES.at(i), Language.ENGLISH, IndexedRandom.at(23, i));
      int most = question.kind() == Question.Kind.DESCRIBE ? 15 : 14;
      assertThat(question.answer().split(" ").length).as("%s", question).isLessThan(most);
    }
  }

  @Test
  void asksWhatTheSceneAnswers() {
    Item car =
        new Item(
            Pictogram.plain(Things.load().byKey("car"), Artist.NOTO).tinted(Colour.RED),
            0,
            2,
            ItemSize.LARGE);
    Item circle = new Item(new Simple(SimpleShape.CIRCLE, Colour.BLUE), 4, 2, ItemSize.LARGE);
    Scene scene = new Scene(Background.YELLOW, List.of(car, circle));

    assertThat(answers(Question.Kind.COLOUR, scene)).containsExactly("red", "blue");
    assertThat(answers(Question.Kind.COUNT, scene)).contains("one", "one", "two");
    assertThat(answers(Question.Kind.BACKGROUND, scene)).containsExactly("yellow");
    assertThat(answers(Question.Kind.WHERE, scene)).containsExactly("left", "right");
    assertThat(answers(Question.Kind.NEIGHBOUR, scene))
        .containsExactly("a blue circle", "a blue circle", "a red car", "a red car");
    assertThat(answers(Question.Kind.WHAT, scene)).containsExactly("a red car and a blue circle");
    assertThat(answers(Question.Kind.FRONT, scene)).isEmpty();
    assertThat(answers(Question.Kind.READ, scene)).isEmpty();
    assertThat(answers(Question.Kind.ARTIST, scene)).isEmpty();
  }

  @Test
  void aQuestionDoesNotGiveItsAnswerAway() {
    for (int i = 0; i < 1000; i++) {
      RandomGenerator random = IndexedRandom.at(24, i);
      Scene scene = SCENES.at(i);
      for (Question.Kind kind :
          List.of(Question.Kind.COLOUR, Question.Kind.RENDERING, Question.Kind.READ)) {
        for (Question question : Questions.of(kind, scene, Language.draw(random), random)) {
          assertThat(question.text()).as("%s", question).doesNotContain(question.answer());
        }
      }
    }
  }

  @Test
  void asksNothingThatHasTwoAnswers() {
    Item one = new Item(new Simple(SimpleShape.CIRCLE, Colour.BLUE), 0, 0, ItemSize.SMALL);
    Item other = new Item(new Simple(SimpleShape.CIRCLE, Colour.RED), 4, 4, ItemSize.SMALL);
    Scene scene = new Scene(Background.WHITE, List.of(one, other));

    assertThat(answers(Question.Kind.COLOUR, scene)).isEmpty();
    assertThat(answers(Question.Kind.WHERE, scene)).isEmpty();
    assertThat(answers(Question.Kind.NEIGHBOUR, scene)).isEmpty();
    assertThat(answers(Question.Kind.COUNT, scene)).contains("two").doesNotContain("one");
  }

  @Test
  void someQuestionsComeInConversations() {
    int longer = 0;
    for (int i = 0; i < 1000; i++) {
      RandomGenerator random = IndexedRandom.at(25, i);
      Question question = Questions.ask(SCENES.at(i), random);
      Question inConversation = Conversations.about(SCENES.at(i), question, random);
      assertThat(inConversation.text()).endsWith(question.text());
      assertThat(inConversation.answer()).isEqualTo(question.answer());
      longer += inConversation.text().contains("\n") ? 1 : 0;
    }
    assertThat(longer).isBetween(120, 220);
  }

  private static List<String> answers(Question.Kind kind, Scene scene) {
    return Questions.of(kind, scene, Language.ENGLISH, IndexedRandom.at(1, 1)).stream()
        .map(Question::answer)
        .toList();
  }
}
