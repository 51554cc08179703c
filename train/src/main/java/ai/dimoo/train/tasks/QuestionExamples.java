package ai.dimoo.train.tasks;

import ai.dimoo.train.source.Draft;
import ai.dimoo.train.source.ExampleMaker;
import java.util.random.RandomGenerator;

/// Answers to predict from pictures and a question, hidden by [AnswerHiding].
public final class QuestionExamples implements ExampleMaker {

  private final Entries<AnsweredQuestion> entries;
  private final AnswerHiding hiding;
  private final double weight;

  /// @param length tokens of every answer, `</answer>` and padding included: as many as inference
  ///   will ask for
  /// @param weight what a token of an answer counts in the loss, against 1 of a code of a picture
  public QuestionExamples(
      Entries<AnsweredQuestion> entries, PromptTokens tokens, int length, double weight) {
    this.entries = entries;
    hiding = new AnswerHiding(tokens, length);
    this.weight = weight;
  }

  @Override
  public Draft draft(long step, RandomGenerator random) {
    AnsweredQuestion entry = entries.draw(step, random);
    return new Draft(
        entry.pictures(),
        codes -> hiding.hide(entry.question(), entry.answer(), codes, random).weighing(weight));
  }
}
