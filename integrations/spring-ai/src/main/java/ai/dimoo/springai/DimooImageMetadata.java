package ai.dimoo.springai;

import ai.dimoo.request.Recipe;
import org.springframework.ai.image.ImageGenerationMetadata;

/// What is needed to make a picture again. Immutable.
///
/// @param recipe prompt, seed, settings, model
public record DimooImageMetadata(Recipe recipe) implements ImageGenerationMetadata {

  /// The seed that it was sampled with, drawn if the options had none.
  public long seed() {
    return recipe.settings().seed();
  }
}
