package ai.dimoo.diffusion;

import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.concurrent.CancellationException;

/// Decodes a masked answer block by block from left to right, several tokens of a block at once
/// (LLaDA's semi-autoregressive sampling; reference `generators/text_understanding_generator.py`).
/// What is once decided stays.
///
/// Stateless; as thread-safe as its predictor. It does not close the predictor.
///
/// @param predictor the model
/// @param special the ids of the model's special tokens
public record TextSampler(MaskPredictor predictor, SpecialTokens special) {

  /// Decodes one answer.
  ///
  /// @return the whole sequence; where it stopped early, masks remain behind the answer
  /// @throws CancellationException if the listener says so
  public TokenIds sample(
      TokenSequence sequence, TextSamplerSettings settings, DecodingListener listener) {
    try (TextDecoding decoding = new TextDecoding(predictor, special, sequence, settings)) {
      while (!decoding.finished()) {
        if (listener.cancelled()) {
          throw new CancellationException("text decoding was cancelled");
        }
        listener.onStep(decoding.advance());
      }
      return decoding.tokens();
    }
  }
}
