package ai.dimoo.springai;

import ai.dimoo.request.Recipe;
import java.util.List;
import org.springframework.ai.image.ImageGenerationMetadata;

/// What is needed to make a picture again, and what is to be said of it. Immutable.
///
/// @param recipe prompt, seed, settings, model
/// @param notes sentences for the user: what lies beyond what the model knows, what of the picture
///   to work on it did not see; mostly none
public record DimooImageMetadata(Recipe recipe, List<String> notes)
    implements ImageGenerationMetadata {

  /// Copies the notes.
  public DimooImageMetadata {
    notes = List.copyOf(notes);
  }

  /// The seed that it was sampled with, drawn if the options had none.
  public long seed() {
    return recipe.settings().seed();
  }
}
