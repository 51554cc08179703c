package ai.dimoo.train.runs;

import ai.dimoo.train.transformer.OwnDataRecipe;
import java.nio.file.Path;
import java.util.List;

/// A training of a model on prepared data, whatever of the model learns. Immutable.
///
/// @param model the folder of the model that it begins with, which stays as it is
/// @param data the folders of the prepared data, at least one
/// @param recipe how it is trained
/// @param output where what comes out is written
/// @param prompts sentences whose pictures are shown while it trains; may be empty
public record FineTuning(
    Path model, List<Path> data, OwnDataRecipe recipe, Path output, List<String> prompts) {

  /// Copies the lists.
  public FineTuning {
    data = List.copyOf(data);
    prompts = List.copyOf(prompts);
  }
}
