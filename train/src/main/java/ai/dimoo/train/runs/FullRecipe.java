package ai.dimoo.train.runs;

import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.transformer.OwnDataRecipe;
import ai.dimoo.train.transformer.TransformerRecipe;
import ai.dimoo.transformer.TransformerConfig;

/// How all weights of a model are trained further.
///
/// @param learningRate the rate of each step, and how many steps there are
/// @param optimiser AdamW's settings
/// @param batch examples a step
/// @param answerLength tokens of every answer, `</answer>` and padding included
/// @param recompute whether the activations of each block are computed again in the backward pass
/// @param seed of the examples
public record FullRecipe(
    LearningRate learningRate,
    AdamW.Settings optimiser,
    int batch,
    int answerLength,
    boolean recompute,
    long seed)
    implements OwnDataRecipe {

  /// The written weights are an average over about the last hundred steps.
  private static final double AVERAGE_DECAY = 0.99;

  @Override
  public FullRecipe withRecompute(boolean other) {
    return new FullRecipe(learningRate, optimiser, batch, answerLength, other, seed);
  }

  TransformerRecipe of(TransformerConfig config) {
    return new TransformerRecipe(
        config, learningRate, optimiser, 0, 0, AVERAGE_DECAY, recompute, seed);
  }
}
