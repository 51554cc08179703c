package ai.dimoo.request;

import ai.dimoo.diffusion.Noise;

/// The settings of pictures, see {@link SamplingSetters}.
///
/// @param <B> the builder itself
public interface PictureSetters<B> extends SamplingSetters<B> {

  /// Number of denoising steps, at least 1.
  default B timesteps(int timesteps) {
    return sampling(sampling().withTimesteps(timesteps));
  }

  /// The share of the steps before guidance begins, 0 to 1.
  default B cfgFrom(double share) {
    return sampling(sampling().with(SamplingTable.CFG_FROM, share));
  }

  /// The share of the steps after which guidance ends, 0 to 1, more than where it begins.
  default B cfgTo(double share) {
    return sampling(sampling().with(SamplingTable.CFG_TO, share));
  }

  /// Takes back, in the later steps, tokens that the model has come to find unlikely.
  default B correct(boolean correct) {
    return sampling(sampling().with(SamplingTable.CORRECT, correct));
  }

  /// How many of the steps the whole model takes, its shortcut network taking the others; 0: all.
  default B fullSteps(int fullSteps) {
    return sampling(sampling().with(SamplingTable.FULL_STEPS, fullSteps));
  }

  /// How random numbers are drawn.
  default B noise(Noise noise) {
    return sampling(sampling().withNoise(noise));
  }
}
