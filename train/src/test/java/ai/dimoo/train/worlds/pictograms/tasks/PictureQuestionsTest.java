package ai.dimoo.train.worlds.pictograms.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.dimoo.train.source.IndexedRandom;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.scene.HeldOut;
import ai.dimoo.train.worlds.pictograms.scene.SceneOptions;
import ai.dimoo.train.worlds.pictograms.scene.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureQuestionsTest {

  private static final PictureQuestions QUESTIONS = new PictureQuestions(SceneOptions.standard());

  @Test
  void twoPicturesAreTheSameAsOftenAsNot() {
    Map<String, Integer> answers = new HashMap<>();
    for (int i = 0; i < 1200; i++) {
      QuestionSample sample = QUESTIONS.two(IndexedRandom.at(10, i));
      assertThat(sample.pictures()).hasSize(2);
      Question question = sample.question();
      boolean equal = sample.pictures().getFirst().equals(sample.pictures().getLast());
      if (question.kind() == Question.Kind.CHANGE) {
        assertThat(equal).isFalse();
      } else {
        answers.merge(question.answer(), 1, Integer::sum);
        if (equal) {
          assertThat(question.answer()).isIn("yes", "一样", "是");
        }
      }
    }
    assertThat(answers.get("yes") / (double) (answers.get("yes") + answers.get("no")))
        .isBetween(0.42, 0.58);
  }

  @Test
  void questionsAreAboutTheirSplit() {
    PictureQuestions heldOut = new PictureQuestions(SceneOptions.standard().with(Split.HELD_OUT));
    for (int i = 0; i < 50; i++) {
      assertThat(HeldOut.of(heldOut.one(IndexedRandom.at(11, i)).pictures().getFirst()))
          .isEqualTo(Split.HELD_OUT);
      assertThat(HeldOut.of(QUESTIONS.one(IndexedRandom.at(11, i)).pictures().getFirst()))
          .isEqualTo(Split.TRAINING);
    }
  }

  @Test
  void theSameRandomNumbersGiveTheSameQuestions() {
    List<QuestionSample> first =
        List.of(QUESTIONS.one(IndexedRandom.at(12, 1)), QUESTIONS.two(IndexedRandom.at(12, 2)));
    List<QuestionSample> second =
        List.of(QUESTIONS.one(IndexedRandom.at(12, 1)), QUESTIONS.two(IndexedRandom.at(12, 2)));
    assertThat(first).isEqualTo(second);
  }
}
