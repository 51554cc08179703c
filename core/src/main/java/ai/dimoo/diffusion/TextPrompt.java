package ai.dimoo.diffusion;

/// A token sequence whose answer is masked: prompt, masks, `</answer>`. Immutable.
///
/// @param tokens the whole sequence
/// @param answerStart position of the first token of the answer
public record TextPrompt(int[] tokens, int answerStart) {

  /// Copies the tokens.
  public TextPrompt {
    tokens = tokens.clone();
  }
}
