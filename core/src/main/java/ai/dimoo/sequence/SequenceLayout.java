package ai.dimoo.sequence;

import java.util.List;

/// Where prompt, pictures and answer stand in a sequence, given the prompt as tokens (reference
/// `inference/*.py`). Pictures of the prompt stand just before its last token, `</user>`.
///
/// Immutable and thread-safe.
///
/// @param special the checkpoint's ids
public record SequenceLayout(SpecialTokens special) {

  /// The answer is a picture: from text alone, or from pictures and text. Where nothing of it is
  /// masked the sequence is what the model is trained on; inpainting masks a part, the other tasks
  /// all of it.
  ///
  /// @param prompt tokens of the prompt
  /// @param uncondPrompt tokens of the prompt without the user's text
  /// @param pictures of the prompt: the picture to change, and for style transfer the one whose
  ///   style to take
  /// @param answer {@link CodeGrid#MASKED} where the model is to decide
  public TokenSequence image(
      int[] prompt, int[] uncondPrompt, List<CodeGrid> pictures, CodeGrid answer) {
    TokenIds before =
        withPictures(prompt, pictures).then(special.beginAnswer(), special.beginImage());
    TokenIds ids =
        before.then(answer.tokenRows(special)).then(special.endImage(), special.endAnswer());
    return TokenSequence.of(
        ids,
        new ImageSpan(before.length(), answer.rows(), answer.columns()),
        withPictures(uncondPrompt, pictures),
        pictures.isEmpty() ? TokenIds.NONE : TokenIds.of(prompt));
  }

  /// Understanding with a free answer of up to `length` tokens.
  public TokenSequence answer(int[] prompt, List<CodeGrid> pictures, int length) {
    return answer(prompt, pictures, length, 0);
  }

  /// Understanding with an answer of one token, the form of the published scores (the reference's
  /// VLMEvalKit model): one mask, `</answer>`, then padding. There the answer's space is 1,024
  /// tokens, which makes 1,023 of padding; the padding is attended to.
  ///
  /// @param padding number of padding tokens, 0 or more
  public TokenSequence oneTokenAnswer(int[] prompt, List<CodeGrid> pictures, int padding) {
    return answer(prompt, pictures, 1, padding);
  }

  private TokenSequence answer(int[] prompt, List<CodeGrid> pictures, int length, int padding) {
    if (length < 1 || padding < 0) {
      throw new IllegalArgumentException("answer length " + length + ", padding " + padding);
    }
    TokenIds before = withPictures(prompt, pictures).then(special.beginAnswer());
    TokenIds ids =
        before
            .then(TokenIds.repeated(special.mask(), length))
            .then(special.endAnswer())
            .then(TokenIds.repeated(special.pad(), padding));
    return TokenSequence.of(ids, new TextSpan(before.length(), length));
  }

  private TokenIds withPictures(int[] prompt, List<CodeGrid> pictures) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt has no tokens");
    }
    int last = prompt.length - 1;
    TokenIds ids = TokenIds.of(prompt).slice(0, last);
    for (CodeGrid picture : pictures) {
      ids = ids.then(special.beginImage()).then(picture.tokenRows(special));
      ids = ids.then(special.endImage());
    }
    return ids.then(prompt[last]);
  }
}
