package ai.dimoo.train.transformer;

import ai.dimoo.train.optim.AdamW;
import ai.dimoo.train.optim.LearningRate;
import ai.dimoo.transformer.TransformerConfig;

/// How a transformer is trained.
///
/// @param config the model's shape
/// @param learningRate the rate of each step, and how many steps there are
/// @param optimiser AdamW's settings
/// @param muonRate the learning rate of Muon, which then moves the blocks' matrices, in units of
///   AdamW's; 0: AdamW moves all weights
/// @param tileFeatures how much image codes share of their tiles' looks
///   ([ai.dimoo.train.vq.TileCodes#features]), numbers; 0: nothing
/// @param averageDecay decay of the exponential average of the weights, which is what is shipped
/// @param recompute whether the activations of each block are computed again in the backward pass:
///   a third more work for memory that does not grow with the number of blocks
/// @param seed of the weights
public record TransformerRecipe(
    TransformerConfig config,
    LearningRate learningRate,
    AdamW.Settings optimiser,
    double muonRate,
    int tileFeatures,
    double averageDecay,
    boolean recompute,
    long seed) {

  /// The same, computed in another way.
  public TransformerRecipe withRecompute(boolean other) {
    return new TransformerRecipe(
        config, learningRate, optimiser, muonRate, tileFeatures, averageDecay, other, seed);
  }
}
