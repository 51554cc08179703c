package ai.dimoo.prompt;

/// The tokens that the model reads: a prompt and an answer, of which some tokens are masked and are
/// to be found.
public sealed interface TokenSequence permits ImageSequence, AnswerSequence {

  /// The whole sequence, masked where the model is to decide; a copy.
  int[] ids();

  /// Position of the answer's first token: the first image code, or the first token of text.
  int codeStart();
}
