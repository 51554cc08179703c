package ai.dimoo.diffusion;

/// Which of a step's predictions the text sampler keeps (reference option `remasking`).
public enum Remasking {
  /// Those that the model gives the highest probability.
  LOW_CONFIDENCE,
  /// Some at random.
  RANDOM
}
