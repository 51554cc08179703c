package ai.dimoo.diffusion;

import java.util.concurrent.CancellationException;

/// Decodes a masked answer block by block from left to right, several tokens of a block at once
/// (LLaDA's semi-autoregressive sampling; reference `generators/text_understanding_generator.py`).
/// What is once decided stays.
///
/// Stateless; as thread-safe as its predictor. It does not close the predictor.
///
/// @param predictor the model
/// @param vocabulary the ids of the model's special tokens
public record TextSampler(MaskPredictor predictor, Vocabulary vocabulary) {

  /// Decodes one answer.
  ///
  /// @throws ai.dimoo.error.UserException if the answer does not fit the prompt's sequence
  /// @throws CancellationException if the listener says so
  public TextAnswer sample(
      TextPrompt prompt, TextSamplerSettings settings, DecodingListener listener) {
    try (TextDecoding decoding = new TextDecoding(predictor, vocabulary, prompt, settings)) {
      while (!decoding.finished()) {
        if (listener.cancelled()) {
          throw new CancellationException("text decoding was cancelled");
        }
        listener.onStep(decoding.advance());
      }
      return decoding.answer();
    }
  }
}
