package ai.dimoo.prompt;

import ai.dimoo.error.UserException;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.sequence.SequenceLayout;
import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// From what a user asks to the sequence that the model reads: the task's template, its tokens, the
/// pictures' codes and the masked answer.
///
/// A user's text is only text: typing `</user>`, `<IMAGE>` or any other added token's name gives
/// the tokens of its letters. Where the checkpoint has no tokens for `<system>`, `<user>` and their
/// ends, so that the template itself is spelled out, text with such a name in it is refused
/// instead.
///
/// Thread-safe. Does not own the tokenizer.
public final class PromptEncoder {

  // No token stands for more characters than this in ordinary text; a text longer than that many
  // for each allowed token is refused before it is tokenised.
  private static final int CHARACTERS_PER_TOKEN = 64;

  private final TextTokenizer tokenizer;
  private final SpecialTokens special;
  private final SequenceLayout layout;
  private final int maxPromptTokens;

  /// @param maxPromptTokens most tokens that a prompt may have, pictures and answer not counted
  public PromptEncoder(TextTokenizer tokenizer, SpecialTokens special, int maxPromptTokens) {
    this.tokenizer = tokenizer;
    this.special = special;
    this.layout = new SequenceLayout(special);
    this.maxPromptTokens = maxPromptTokens;
  }

  /// A picture from a sentence.
  ///
  /// @param rows height of the picture in codes
  /// @param columns width of the picture in codes
  public TokenSequence textToImage(String prompt, int rows, int columns) {
    return painting(prompt, CodeGrid.masked(rows, columns));
  }

  /// A picture of which the masked places are made from a sentence; every other code stays as it
  /// is.
  public TokenSequence painting(String prompt, CodeGrid picture) {
    PromptTemplate template = PromptTemplate.of(Task.TEXT_TO_IMAGE, prompt);
    return layout.image(conditional(template), unconditional(template), List.of(), picture);
  }

  /// A picture from pictures and a sentence.
  ///
  /// @param prompt left out by tasks that have a fixed sentence
  /// @param pictures as many as the task needs: the picture to work on, then a style reference
  /// @param rows height of the new picture in codes
  /// @param columns width of the new picture in codes
  /// @throws UserException if the number of pictures does not fit the task
  public TokenSequence imageToImage(
      Task task, String prompt, List<CodeGrid> pictures, int rows, int columns) {
    int wanted = task.family().pictures();
    if (pictures.size() != wanted) {
      throw new UserException(
          "The task %s takes %d %s, found %d."
              .formatted(
                  task.name(), wanted, wanted == 1 ? "picture" : "pictures", pictures.size()));
    }
    PromptTemplate template = PromptTemplate.of(task, prompt);
    return layout.image(
        conditional(template), unconditional(template), pictures, CodeGrid.masked(rows, columns));
  }

  /// A free answer about pictures.
  ///
  /// @param length most tokens of the answer
  public TokenSequence answer(String question, List<CodeGrid> pictures, int length) {
    return layout.answer(question(question), pictures, length);
  }

  /// An answer of one token about pictures, see [SequenceLayout#oneTokenAnswer].
  public TokenSequence oneTokenAnswer(String question, List<CodeGrid> pictures, int padding) {
    return layout.oneTokenAnswer(question(question), pictures, padding);
  }

  private int[] question(String question) {
    return conditional(PromptTemplate.of(Task.UNDERSTANDING, question));
  }

  /// The answer's text in a state of its sequence: up to `</answer>`, without special tokens.
  public String answerText(TokenSequence sequence, TokenIds state) {
    return tokenizer.decode(sequence.text().answer(state, special).toArray(), true);
  }

  /// The beginning of the answer's text, up to the first token that is still masked or to
  /// `</answer>`, without special tokens.
  public String settledText(TokenSequence sequence, TokenIds state) {
    return tokenizer.decode(sequence.text().settled(state, special).toArray(), true);
  }

  /// How many tokens the words of a question take, those around them included.
  public int questionTokens(String question) {
    PromptTemplate template = PromptTemplate.of(Task.UNDERSTANDING, question);
    return special.hasPromptFrame()
        ? framed(template, tokenizer.encodeText(question)).length
        : tokenizer.encodeMarkup(template.conditional()).length;
  }

  /// Tokens of a prompt with the user's text in it.
  ///
  /// @throws UserException if the text is too long or holds names that cannot be told from the
  ///   template
  public int[] conditional(PromptTemplate template) {
    checkCharacters(template.user().length());
    int[] tokens =
        special.hasPromptFrame()
            ? framed(template, tokenizer.encodeText(template.user()))
            : encodeWhole(template);
    checkTokens(tokens.length);
    return tokens;
  }

  /// Tokens of a prompt in which `<uncondition>` stands for the user's text.
  public int[] unconditional(PromptTemplate template) {
    return special.hasPromptFrame()
        ? framed(template, special.uncondition())
        : tokenizer.encodeMarkup(template.unconditional());
  }

  // Added tokens split a text before anything else is done to it, so the pieces between them have
  // the same tokens alone as together.
  private int[] framed(PromptTemplate template, int... user) {
    return TokenIds.of(special.systemStart())
        .then(tokenizer.encodeMarkup(template.system()))
        .then(special.systemEnd(), special.userStart())
        .then(user)
        .then(special.userEnd())
        .toArray();
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
