package ai.dimoo.train.worlds.pictograms.tasks;

import ai.dimoo.train.tasks.AnsweredQuestion;
import ai.dimoo.train.worlds.pictograms.language.Question;
import ai.dimoo.train.worlds.pictograms.scene.Compositor;
import ai.dimoo.train.worlds.pictograms.scene.Scene;
import java.util.List;

/// A question and the one or two pictures that it is about. Immutable.
public record QuestionSample(List<Scene> pictures, Question question) {

  public QuestionSample {
    pictures = List.copyOf(pictures);
  }

  /// The sample in pixels, as training takes it.
  public AnsweredQuestion painted(Compositor compositor) {
    return new AnsweredQuestion(
        pictures.stream().map(compositor::layered).toList(), question.text(), question.answer());
  }
}
