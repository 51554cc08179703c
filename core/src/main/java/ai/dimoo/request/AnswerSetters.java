package ai.dimoo.request;

/// The settings of answers, see {@link SamplingSetters}.
///
/// @param <B> the builder itself
public interface AnswerSetters<B> extends SamplingSetters<B> {

  /// Number of denoising steps for the whole answer, a multiple of the number of blocks.
  default B steps(int steps) {
    return sampling(sampling().withSteps(steps));
  }

  /// Room for the answer in tokens, a multiple of the block length.
  default B genLength(int genLength) {
    return sampling(sampling().withGenLength(genLength));
  }

  /// The answer is written in blocks of so many tokens, from left to right.
  default B blockLength(int blockLength) {
    return sampling(sampling().withBlockLength(blockLength));
  }

  /// Every token is kept that is at least so likely, 0 to 1; 0: as many as the steps say.
  default B confidence(double confidence) {
    return sampling(sampling().withConfidence(confidence));
  }

  /// Whether the rest of a block is taken at once as soon as all of it is clear.
  default B earlyCommit(boolean earlyCommit) {
    return sampling(sampling().withEarlyCommit(earlyCommit));
  }

  /// Whether steps after the first of a block compute that block alone; not with the max-logit
  /// cache.
  default B blockCache(boolean blockCache) {
    return sampling(sampling().withBlockCache(blockCache));
  }

  /// How input pictures are fitted whose shape the model does not take.
  default B fit(Fit fit) {
    return sampling(sampling().withFit(fit));
  }
}
