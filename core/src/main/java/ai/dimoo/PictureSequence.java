package ai.dimoo;

import ai.dimoo.diffusion.ImagePrompt;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.prompt.ImageSequence;
import java.util.Map;

/// A picture request as the model reads it.
///
/// @param task its name in the recipe
/// @param sequence the tokens, masked where the model is to decide
/// @param settings how to sample, defaults and seed filled in
/// @param inputs for the recipe
record PictureSequence(
    String task,
    ImageSequence sequence,
    ImageSamplerSettings settings,
    Map<String, String> inputs) {

  ImagePrompt prompt() {
    int[] withoutImage = sequence.uncondImage();
    return withoutImage.length == 0
        ? new ImagePrompt.TextToImage(sequence.ids(), sequence.codeStart(), sequence.uncondText())
        : new ImagePrompt.ImageToImage(
            sequence.ids(), sequence.codeStart(), sequence.uncondText(), withoutImage);
  }
}
