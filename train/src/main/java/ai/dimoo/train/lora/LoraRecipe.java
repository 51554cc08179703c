package ai.dimoo.train.lora;

import ai.dimoo.adapter.LoraConfig;
import ai.dimoo.linear.WeightFormat;
import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.train.transformer.OwnDataRecipe;
import org.jspecify.annotations.Nullable;

/// How an adapter is trained.
///
/// @param adapter its rank and alpha
/// @param weights in how few bits the matrices of the base model's blocks are held meanwhile; null:
///   as they are stored
/// @param learningRate the rate of each step, and how many steps there are
/// @param optimiser AdamW's settings
/// @param batch examples a step
/// @param answerLength tokens of every answer, `</answer>` and padding included
/// @param recompute whether the activations of each block are computed again in the backward pass:
///   a third more work for memory that does not grow with the number of blocks
/// @param seed of the first weights and of the examples
public record LoraRecipe(
    LoraConfig adapter,
    @Nullable WeightFormat weights,
    LearningRate learningRate,
    AdamW.Settings optimiser,
    int batch,
    int answerLength,
    boolean recompute,
    long seed)
    implements OwnDataRecipe {

  @Override
  public LoraRecipe withRecompute(boolean other) {
    return new LoraRecipe(
        adapter, weights, learningRate, optimiser, batch, answerLength, other, seed);
  }
}
