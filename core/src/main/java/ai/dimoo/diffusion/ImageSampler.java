package ai.dimoo.diffusion;

import ai.dimoo.sequence.SpecialTokens;
import ai.dimoo.sequence.TokenIds;
import ai.dimoo.sequence.TokenSequence;
import java.util.concurrent.CancellationException;

/// Decodes masked image tokens by MaskGIT's parallel decoding (reference
/// `generators/image_generation_generator.py` and `image_to_image_generator.py`): every step
/// predicts all masked tokens at once and keeps the most confident predictions, more with each
/// step, until none is masked.
///
/// Stateless; as thread-safe as its predictor. It does not close the predictor.
///
/// @param predictor the model
/// @param special the ids of the model's special tokens
public record ImageSampler(MaskPredictor predictor, SpecialTokens special) {

  /// Decodes one picture.
  ///
  /// @return the sequence with every mask of the picture replaced
  /// @throws CancellationException if the listener says so
  public TokenIds sample(
      TokenSequence sequence, ImageSamplerSettings settings, DecodingListener listener) {
    try (ImageDecoding decoding = new ImageDecoding(predictor, special, sequence, settings)) {
      while (!decoding.finished()) {
        if (listener.cancelled()) {
          throw new CancellationException("image decoding was cancelled");
        }
        listener.onStep(decoding.advance());
      }
      return decoding.tokens();
    }
  }
}
