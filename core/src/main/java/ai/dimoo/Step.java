package ai.dimoo;

/// A step of a sampler that is done.
public sealed interface Step permits PictureStep, AnswerStep {

  /// Counted from 1.
  int step();

  /// The most steps that there will be.
  int steps();

  /// How many tokens are still masked.
  int masked();
}
