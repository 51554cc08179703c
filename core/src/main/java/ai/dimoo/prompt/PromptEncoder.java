package ai.dimoo.prompt;

import ai.dimoo.error.UserException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// From what a user asks to the sequence that the model reads: the task's template, its tokens, the
/// pictures' codes and the masked answer.
///
/// A user's text is only text: typing `</user>`, `<IMAGE>` or any other added token's name gives
/// the tokens of its letters. Where the tokenizer has no tokens for `<user>` and `</user>`, so that
/// the template itself is spelled out, text with such a name in it is refused instead.
///
/// Thread-safe. Does not own the tokenizer.
public final class PromptEncoder {

  // No token stands for more characters than this in ordinary text; a text longer than that many
  // for each allowed token is refused before it is tokenised.
  private static final int CHARACTERS_PER_TOKEN = 64;

  private final TextTokenizer tokenizer;
  private final SequenceLayout layout;
  private final int maxPromptTokens;
  private final boolean userIsToken;

  /// @param maxPromptTokens most tokens that a prompt may have, pictures and answer not counted
  public PromptEncoder(TextTokenizer tokenizer, SpecialTokens special, int maxPromptTokens) {
    this.tokenizer = tokenizer;
    this.layout = new SequenceLayout(special);
    this.maxPromptTokens = maxPromptTokens;
    this.userIsToken =
        tokenizer
            .addedTokens()
            .keySet()
            .containsAll(Set.of(PromptTemplate.USER_START, PromptTemplate.USER_END));
  }

  /// A picture from a sentence.
  ///
  /// @param rows height of the picture in codes
  /// @param columns width of the picture in codes
  public ImageSequence textToImage(String prompt, int rows, int columns) {
    PromptTemplate template = PromptTemplate.of(Task.TEXT_TO_IMAGE, prompt);
    return layout.textToImage(conditional(template), unconditional(template), rows, columns);
  }

  /// A picture of which the masked places are made anew; every other code stays as it is.
  ///
  /// @param masked one flag for each code of `source`, row-major
  public ImageSequence painting(String prompt, CodeGrid source, boolean[] masked) {
    PromptTemplate template = PromptTemplate.of(Task.TEXT_TO_IMAGE, prompt);
    return layout.painting(conditional(template), unconditional(template), source, masked);
  }

  /// A picture from pictures and a sentence.
  ///
  /// @param prompt left out by tasks that have a fixed sentence
  /// @param pictures as many as the task needs: the picture to work on, then a style reference
  /// @param rows height of the new picture in codes
  /// @param columns width of the new picture in codes
  /// @throws UserException if the number of pictures does not fit the task
  public ImageSequence imageToImage(
      Task task, String prompt, List<CodeGrid> pictures, int rows, int columns) {
    int wanted = task.family().pictures();
    if (pictures.size() != wanted) {
      throw new UserException(
          "The task %s takes %d %s, found %d."
              .formatted(
                  task.name(), wanted, wanted == 1 ? "picture" : "pictures", pictures.size()));
    }
    PromptTemplate template = PromptTemplate.of(task, prompt);
    return layout.imageToImage(
        conditional(template), unconditional(template), pictures, rows, columns);
  }

  /// A free answer about pictures.
  ///
  /// @param length most tokens of the answer
  public AnswerSequence answer(String question, List<CodeGrid> pictures, int length) {
    return layout.answer(question(question), pictures, length);
  }

  /// An answer of one token about pictures, see [SequenceLayout#oneTokenAnswer].
  public AnswerSequence oneTokenAnswer(String question, List<CodeGrid> pictures, int padding) {
    return layout.oneTokenAnswer(question(question), pictures, padding);
  }

  private int[] question(String question) {
    return conditional(PromptTemplate.of(Task.UNDERSTANDING, question));
  }

  /// The answer's text in a finished sequence: up to `</answer>`, without special tokens.
  ///
  /// @param tokens the final state of the sequence's ids
  public String answerText(AnswerSequence sequence, int[] tokens) {
    return tokenizer.decode(sequence.answer(tokens, layout.special()), true);
  }

  /// The beginning of the answer's text, up to the first token that is still masked or to
  /// `</answer>`, without special tokens.
  ///
  /// @param tokens the present state of the sequence's ids
  public String settledText(AnswerSequence sequence, int[] tokens) {
    int[] answer = sequence.answer(tokens, layout.special());
    int end = 0;
    while (end < answer.length && answer[end] != layout.special().mask()) {
      end++;
    }
    return tokenizer.decode(Arrays.copyOf(answer, end), true);
  }

  /// How many tokens the words of a question take, those around them included.
  public int questionTokens(String question) {
    PromptTemplate template = PromptTemplate.of(Task.UNDERSTANDING, question);
    return userIsToken
        ? encodePieces(template).length
        : tokenizer.encodeMarkup(template.conditional()).length;
  }

  /// Tokens of a prompt with the user's text in it.
  ///
  /// @throws UserException if the text is too long or holds names that cannot be told from the
  ///   template
  public int[] conditional(PromptTemplate template) {
    checkCharacters(template.user().length());
    int[] tokens = userIsToken ? encodePieces(template) : encodeWhole(template);
    checkTokens(tokens.length);
    return tokens;
  }

  /// Tokens of a prompt in which `<uncondition>` stands for the user's text.
  public int[] unconditional(PromptTemplate template) {
    return tokenizer.encodeMarkup(template.unconditional());
  }

  // Added tokens split a text before anything else is done to it, so the pieces between them have
  // the same tokens alone as together.
  private int[] encodePieces(PromptTemplate template) {
    int[] before = tokenizer.encodeMarkup(template.beforeUser());
    int[] user = tokenizer.encodeText(template.user());
    int[] after = tokenizer.encodeMarkup(PromptTemplate.USER_END);
    return SequenceLayout.join(SequenceLayout.join(before, user), after);
  }

  private int[] encodeWhole(PromptTemplate template) {
    String composed = Normalizer.normalize(template.user(), Normalizer.Form.NFC);
    Set<String> names = new TreeSet<>(tokenizer.addedTokens().keySet());
    names.addAll(
        Set.of(
            PromptTemplate.SYSTEM_START,
            PromptTemplate.SYSTEM_END,
            PromptTemplate.USER_START,
            PromptTemplate.USER_END));
    for (String name : names) {
      if (template.user().contains(name) || composed.contains(name)) {
        throw new UserException(
            "The prompt contains %s, which this tokenizer cannot tell from the prompt's frame;"
                    .formatted(name)
                + " leave it out.");
      }
    }
    return tokenizer.encodeMarkup(template.conditional());
  }

  private void checkCharacters(int characters) {
    if (characters / CHARACTERS_PER_TOKEN >= maxPromptTokens) {
      throw new UserException(
          "The prompt has %d characters, more than fit into %d tokens; shorten it."
              .formatted(characters, maxPromptTokens));
    }
  }

  private void checkTokens(int tokens) {
    if (tokens > maxPromptTokens) {
      throw new UserException(
          "The prompt has %d tokens, expected at most %d; shorten it."
              .formatted(tokens, maxPromptTokens));
    }
  }
}
