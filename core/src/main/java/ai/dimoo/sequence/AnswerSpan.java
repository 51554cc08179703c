package ai.dimoo.sequence;

/// Where an answer stands in a sequence: start … end − 1. A sequence may have several, a picture
/// and a text for example.
public sealed interface AnswerSpan permits ImageSpan, TextSpan {

  /// Position of its first token.
  int start();

  /// One past its last token.
  int end();
}
