package ai.dimoo.train.vq;

import ai.dimoo.vq.VqConfig;

/// How a VQ model is trained.
///
/// @param config the model's shape
/// @param steps in which the encoder learns its codes, and the decoder to read them
/// @param learningRate peak rate
/// @param muonRate the rate of [ai.dimoo.train.optim.Muon], relative to it, for the kernels of the
///   blocks; 0: AdamW moves all
/// @param foregroundWeight weight of a pixel of the foreground against one of the background
/// @param seed of the weights
public record VqRecipe(
    VqConfig config,
    long steps,
    double learningRate,
    double muonRate,
    double foregroundWeight,
    long seed) {}
