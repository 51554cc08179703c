package ai.dimoo.diffusion;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// Decodes masked image tokens by MaskGIT's parallel decoding (reference
/// `generators/image_generation_generator.py` and `image_to_image_generator.py`): every step
/// predicts all masked tokens at once and keeps the most confident predictions, more with each
/// step, until none is masked.
///
/// Stateless; as thread-safe as its predictor. It does not close the predictor.
///
/// @param predictor the model
/// @param vocabulary the ids of the model's special tokens
public record ImageSampler(MaskPredictor predictor, Vocabulary vocabulary) {

  /// Decodes one picture.
  ///
  /// @return the prompt's sequence with every mask replaced; see {@link #codes}
  /// @throws CancellationException if the listener says so
  public int[] sample(
      ImagePrompt prompt, ImageSamplerSettings settings, DecodingListener listener) {
    try (ImageDecoding decoding = new ImageDecoding(predictor, vocabulary, prompt, settings)) {
      while (!decoding.finished()) {
        if (listener.cancelled()) {
          throw new CancellationException("image decoding was cancelled");
        }
        listener.onStep(decoding.advance());
      }
      return decoding.tokens();
    }
  }

  /// The image codes of a sequence, row-major, −1 where a token is still masked.
  ///
  /// @param tokens a sequence that ends in rows of image tokens, `</IMAGE>` and `</answer>`
  /// @param codeStart position of the first image token
  public int[] codes(int[] tokens, int codeStart) {
    int[] codes = new int[tokens.length];
    int n = 0;
    for (int i = codeStart; i < tokens.length - 2; i++) {
      if (tokens[i] != vocabulary.newline()) {
        codes[n++] = tokens[i] == vocabulary.mask() ? -1 : tokens[i] - vocabulary.codeOffset();
      }
    }
    return Arrays.copyOf(codes, n);
  }
}
