package ai.dimoo.train.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.MaskCodes.Rule;
import ai.dimoo.train.source.TrainingExample;
import ai.dimoo.train.source.TrainingExample.Target;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// How an answer is hidden, `</answer>` included, with the padding after it up to the answer's
/// length.
///
/// A quarter of the answers are hidden whole and with all their padding, as they are when sampling
/// begins, another quarter in one share with it. (The reference hides answer and padding each by
/// its own share; neither is then ever whole, unless it is short.)
///
/// @param length tokens of every answer, `</answer>` and padding included: as many as inference
///   will ask for
record AnswerHiding(PromptTokens tokens, int length) {

  /// @throws IllegalStateException if the answer does not fit
  TrainingExample hide(
      String question, String answerText, List<CodeGrid> codes, RandomGenerator random) {
    int[] prompt = tokens.prompt(Task.UNDERSTANDING, question);
    TokenSequence sequence = tokens.layout().answer(prompt, codes, length);
    int[] answer = tokens.text(answerText);
    if (answer.length >= length) {
      throw new IllegalStateException(
          "the answer '%s' takes %d tokens and </answer>, but there is room for %d"
              .formatted(answerText, answer.length, length));
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
    return TrainingExample.hide(ids, targets, special.mask(), random);
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
