package ai.dimoo.sequence;

/// Where a text stands in a sequence.
///
/// @param start position of its first token
/// @param length tokens that there is room for
public record TextSpan(int start, int length) implements AnswerSpan {

  @Override
  public int end() {
    return start + length;
  }

  /// The text's tokens in a state of a sequence: up to the first `</answer>` if it holds one.
  public TokenIds answer(TokenIds ids, SpecialTokens special) {
    return until(special.endAnswer(), ids.slice(start, end()));
  }

  /// The same up to the first token that is still masked: what later steps only add to.
  public TokenIds settled(TokenIds ids, SpecialTokens special) {
    return until(special.mask(), answer(ids, special));
  }

  private static TokenIds until(int id, TokenIds ids) {
    int end = 0;
    while (end < ids.length() && ids.at(end) != id) {
      end++;
    }
    return ids.slice(0, end);
  }
}
