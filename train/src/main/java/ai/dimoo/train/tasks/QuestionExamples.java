package ai.dimoo.train.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.Draft;
import ai.dimoo.train.source.ExampleMaker;
import ai.dimoo.train.source.MaskCodes.Rule;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingExample.Target;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Answers to predict from pictures and a question, `</answer>` included, then padding up to the
/// answer's length.
///
/// A quarter of the answers are hidden whole and with all their padding, as they are when sampling
/// begins, another quarter in one share with it. (The reference hides answer and padding each by
/// its own share; neither is then ever whole, unless it is short.)
public final class QuestionExamples implements ExampleMaker {

  private final Entries<AnsweredQuestion> entries;
  private final PromptTokens tokens;
  private final int length;
  private final double weight;

  /// @param length tokens of every answer, `</answer>` and padding included: as many as inference
  ///   will ask for
  /// @param weight what a token of an answer counts in the loss, against 1 of a code of a picture
  public QuestionExamples(
      Entries<AnsweredQuestion> entries, PromptTokens tokens, int length, double weight) {
    this.entries = entries;
    this.tokens = tokens;
    this.length = length;
    this.weight = weight;
  }

  @Override
  public Draft draft(long step, RandomGenerator random) {
    AnsweredQuestion entry = entries.draw(step, random);
    return new Draft(entry.pictures(), codes -> example(entry, codes, random));
  }

  /// @throws IllegalStateException if the answer does not fit
  private TrainingExample example(
      AnsweredQuestion entry, List<CodeGrid> codes, RandomGenerator random) {
    int[] prompt = tokens.prompt(Task.UNDERSTANDING, entry.question());
    TokenSequence sequence = tokens.layout().answer(prompt, codes, length);
    int[] answer = tokens.text(entry.answer());
    if (answer.length >= length) {
      throw new IllegalStateException(
          "the answer '%s' takes %d tokens and </answer>, but there is room for %d"
              .formatted(entry.answer(), answer.length, length));
    }
    int[] ids = sequence.ids().toArray();
    int start = sequence.text().start();
    SpecialTokens special = tokens.special();
    System.arraycopy(answer, 0, ids, start, answer.length);
    ids[start + answer.length] = special.endAnswer();
    for (int i = answer.length + 1; i < length; i++) {
      ids[start + i] = special.pad();
    }
    Target[] targets = targets(start, start + answer.length + 1, start + length, random);
    return TrainingExample.hide(ids, targets, special.mask(), random).weighing(weight);
  }

  /// @param start of the answer
  /// @param padding where it begins
  /// @param end of the padding
  private static Target[] targets(int start, int padding, int end, RandomGenerator random) {
    int[] all = IntStream.range(start, end).toArray();
    if (random.nextBoolean()) {
      return new Target[] {new Target(all, random.nextBoolean() ? Rule.WHOLE : Rule.SHARE)};
    }
    Target answer = new Target(IntStream.range(start, padding).toArray(), Rule.SHARE);
    Target rest = new Target(IntStream.range(padding, end).toArray(), Rule.PADDING);
    return padding < end ? new Target[] {answer, rest} : new Target[] {answer};
  }
}
