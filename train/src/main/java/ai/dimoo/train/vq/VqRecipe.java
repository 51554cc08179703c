package ai.dimoo.train.vq;

import ai.dimoo.vq.VqConfig;

/// How a VQ model is trained on the shapes world.
///
/// @param config the model's shape
/// @param batch pictures a step
/// @param autoencoderSteps steps of encoder and decoder without quantisation
/// @param codeSteps steps in which the encoder learns its codes, and the decoder to read them
/// @param learningRate peak rate of the autoencoder; learning the codes takes half of it
/// @param objectWeight weight of a pixel in an object's box against one of the background
/// @param tileWeight weight of the loss that gives equal tiles equal latents
/// @param seed of weights, pictures and k-means
public record VqRecipe(
    VqConfig config,
    int batch,
    long autoencoderSteps,
    long codeSteps,
    double learningRate,
    double objectWeight,
    double tileWeight,
    long seed) {

  /// All steps.
  public long steps() {
    return autoencoderSteps + codeSteps;
  }
}
