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

  /// How random numbers are drawn.
  default B noise(Noise noise) {
    return sampling(sampling().withNoise(noise));
  }
}
