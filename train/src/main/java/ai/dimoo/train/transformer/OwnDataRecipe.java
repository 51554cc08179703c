package ai.dimoo.train.transformer;

import ai.dimoo.linear.WeightFormat;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import org.jspecify.annotations.Nullable;

/// What every training of a model on own data is told, whatever of the model learns.
///
/// @param learningRate the rate of each step, and how many steps there are
/// @param optimiser AdamW's settings
/// @param batch examples a step
/// @param answerLength tokens of every answer, `</answer>` and padding included
/// @param recompute whether the activations of each block are computed again in the backward pass:
///   a third more work for memory that does not grow with the number of blocks
/// @param seed of what is drawn at random
public record OwnDataRecipe(
    LearningRate learningRate,
    AdamW.Settings optimiser,
    int batch,
    int answerLength,
    boolean recompute,
    long seed) {

  /// The same over a model whose blocks' matrices are held in few bits: activations are then
  /// computed again in any case, so that there are converted matrices of one block at a time.
  ///
  /// @param held in how few; null: plain, and nothing changes
  public OwnDataRecipe over(@Nullable WeightFormat held) {
    return withRecompute(recompute || held != null);
  }

  /// The same, computed in another way.
  public OwnDataRecipe withRecompute(boolean other) {
    return new OwnDataRecipe(learningRate, optimiser, batch, answerLength, other, seed);
  }
}
