package ai.dimoo.train.tasks;

import ai.dimoo.prompt.Task;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.TokenSequence;
import ai.dimoo.train.source.TrainingExample;
import java.util.List;
import java.util.random.RandomGenerator;

/// Examples of records whose pictures are codes already: own data, of which nothing is known but
/// what is to be seen and said.
///
/// @param answerLength tokens of every answer, `</answer>` and padding included
public record CodedExamples(PromptTokens tokens, int answerLength) {

  /// A picture to predict; the words of some are dropped, and the pictures of some, each by itself.
  ///
  /// @param sources the pictures of the prompt; none for a picture from words
  public TrainingExample picture(
      Task task, String words, List<CodeGrid> sources, CodeGrid target, RandomGenerator random) {
    boolean withWords = random.nextDouble() >= ImageToImageExamples.DROPPED;
    boolean withPictures = random.nextDouble() >= ImageToImageExamples.DROPPED;
    int[] prompt = withWords ? tokens.prompt(task, words) : tokens.unconditional(task);
    TokenSequence sequence =
        tokens.sequence(task, prompt, withPictures ? sources : List.of(), target);
    return PictureHiding.hide(sequence, target.size(), tokens.special().mask(), random);
  }

  /// An answer to predict.
  ///
  /// @throws IllegalStateException if the answer does not fit
  public TrainingExample answer(
      String question, List<CodeGrid> pictures, String answer, RandomGenerator random) {
    return new AnswerHiding(tokens, answerLength).hide(question, answer, pictures, random);
  }

  /// Tokens of a picture to predict, of which nothing is dropped.
  public int pictureTokens(Task task, String words, List<CodeGrid> sources, CodeGrid target) {
    return tokens.sequence(task, tokens.prompt(task, words), sources, target).ids().length();
  }

  /// Tokens of an answer to predict, with its question.
  public int answerTokens(String question, List<CodeGrid> pictures) {
    int[] prompt = tokens.prompt(Task.UNDERSTANDING, question);
    return tokens.layout().answer(prompt, pictures, answerLength).ids().length();
  }

  /// Whether there is room for an answer.
  public boolean fits(String answer) {
    return tokens.text(answer).length < answerLength;
  }
}
