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
}
