package ai.dimoo;

import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.sequence.TokenSequence;
import java.util.List;
import java.util.Map;

/// A picture request as the model reads it.
///
/// @param task its name in the recipe
/// @param sequence the tokens, masked where the model is to decide
/// @param settings how to sample, defaults and seed filled in
/// @param inputs for the recipe
/// @param finish how what is sampled becomes the picture
/// @param notes what was seen of the input pictures, sentences for the user
record PictureSequence(
    String task,
    TokenSequence sequence,
    ImageSamplerSettings settings,
    Map<String, String> inputs,
    Finish finish,
    List<String> notes) {}
