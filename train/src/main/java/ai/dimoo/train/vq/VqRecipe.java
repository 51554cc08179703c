package ai.dimoo.train.vq;

import ai.dimoo.vq.VqConfig;

/// How a VQ model is trained.
///
/// @param config the model's shape
/// @param autoencoderSteps steps of encoder and decoder without quantisation
/// @param codeSteps steps in which the encoder learns its codes, and the decoder to read them
/// @param learningRate peak rate of the autoencoder; learning the codes takes half of it
/// @param muonRate the rate of [ai.dimoo.train.optim.Muon], relative to it, for the kernels of the
///   blocks; 0: AdamW moves all
/// @param foregroundWeight weight of a pixel of the foreground against one of the background
/// @param tileWeight weight of the loss that gives equal tiles equal latents
/// @param seed of the weights
public record VqRecipe(
    VqConfig config,
    long autoencoderSteps,
    long codeSteps,
    double learningRate,
    double muonRate,
    double foregroundWeight,
    double tileWeight,
    long seed) {

  /// All steps.
  public long steps() {
    return autoencoderSteps + codeSteps;
  }
}
