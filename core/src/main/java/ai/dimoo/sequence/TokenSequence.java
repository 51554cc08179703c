package ai.dimoo.sequence;

import java.util.List;

/// A sequence that the model reads and completes: a prompt, then answers, masked where the model is
/// to decide.
///
/// ```
/// prompt… <answer> <IMAGE> row … newline, row … newline, … </IMAGE> </answer>
///         ^ answerStart    ^ an ImageSpan
/// prompt… <answer> mask mask … </answer> padding…
///         ^ answerStart ^ a TextSpan
/// ```
///
/// The branches of guidance for pictures read another prompt, [#withoutText] or [#withoutPictures],
/// and then the same answer as it stands, from `<answer>` on. Immutable.
///
/// @param ids the whole sequence
/// @param answerStart length of the prompt with its pictures: the position of `<answer>`
/// @param answers where the answers stand, in order; one at least
/// @param withoutText the prompt without the user's text but with the pictures in it; empty where
///   the answer is a text, which guidance compares with a wholly masked prompt
/// @param withoutPictures the prompt with the user's text but without pictures; empty where the
///   prompt has no pictures
public record TokenSequence(
    TokenIds ids,
    int answerStart,
    List<AnswerSpan> answers,
    TokenIds withoutText,
    TokenIds withoutPictures) {

  // <answer> and <IMAGE> stand between the prompt and the first code.
  private static final int BEFORE_CODES = 2;

  // <answer> stands between the prompt and the first word.
  private static final int BEFORE_WORDS = 1;

  /// Copies the spans.
  ///
  /// @throws IllegalArgumentException if the answers do not lie one after another within the
  ///   sequence
  public TokenSequence {
    answers = List.copyOf(answers);
    int end = answerStart;
    for (AnswerSpan span : answers) {
      if (span.start() < end || span.end() < span.start() || span.end() > ids.length()) {
        throw new IllegalArgumentException(
            "%s in a sequence of %d tokens, from %d on".formatted(span, ids.length(), end));
      }
      end = span.end();
    }
    if (answers.isEmpty() || answerStart < 0) {
      throw new IllegalArgumentException(
          "%d answers from %d on".formatted(answers.size(), answerStart));
    }
  }

  /// A sequence whose answer is a picture.
  public static TokenSequence of(
      TokenIds ids, ImageSpan picture, TokenIds withoutText, TokenIds withoutPictures) {
    return new TokenSequence(
        ids, picture.start() - BEFORE_CODES, List.of(picture), withoutText, withoutPictures);
  }

  /// A sequence whose answer is a text.
  public static TokenSequence of(TokenIds ids, TextSpan text) {
    return new TokenSequence(
        ids, text.start() - BEFORE_WORDS, List.of(text), TokenIds.NONE, TokenIds.NONE);
  }

  /// Where the answer stands that is a picture.
  ///
  /// @throws IllegalStateException if there is not exactly one such
  public ImageSpan image() {
    return only(ImageSpan.class);
  }

  /// Where the answer stands that is a text.
  ///
  /// @throws IllegalStateException if there is not exactly one such
  public TextSpan text() {
    return only(TextSpan.class);
  }

  private <S extends AnswerSpan> S only(Class<S> kind) {
    List<S> spans = answers.stream().filter(kind::isInstance).map(kind::cast).toList();
    if (spans.size() != 1) {
      throw new IllegalStateException(
          "%d answers of the kind %s, expected one".formatted(spans.size(), kind.getSimpleName()));
    }
    return spans.getFirst();
  }
}
