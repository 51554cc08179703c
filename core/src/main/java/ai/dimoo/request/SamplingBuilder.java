package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import org.jspecify.annotations.Nullable;

/// The choices that the builders of all picture requests share. What is not called is left to the
/// model. Not thread-safe.
///
/// @param <B> the builder itself
public abstract sealed class SamplingBuilder<B extends SamplingBuilder<B>>
    permits TextToImage.Builder, Inpaint.Builder, Outpaint.Builder, Retouch.Builder, Edit.Builder {

  private Sampling sampling = Sampling.DEFAULT;

  SamplingBuilder() {}

  abstract B self();

  Sampling sampling() {
    return sampling;
  }

  /// Takes all choices at once.
  public B sampling(Sampling sampling) {
    this.sampling = sampling;
    return self();
  }

  /// Number of denoising steps, at least 1.
  ///
  /// @throws ai.dimoo.error.UserException if there are fewer
  public B timesteps(int timesteps) {
    return change(timesteps, null, null, null, null, null, null);
  }

  /// How strongly the picture follows the text, 0 or more.
  ///
  /// @throws ai.dimoo.error.UserException if it is negative or no number
  public B cfgScale(double cfgScale) {
    return change(null, cfgScale, null, null, null, null, null);
  }

  /// Randomness of the choice of codes, 0 or more; 0 takes the likeliest.
  ///
  /// @throws ai.dimoo.error.UserException if it is negative or no number
  public B temperature(double temperature) {
    return change(null, null, null, temperature, null, null, null);
  }

  /// How random numbers are drawn.
  public B noise(Noise noise) {
    return change(null, null, null, null, noise, null, null);
  }

  /// Which predictions of a step are masked again.
  public B remasking(Remasking remasking) {
    return change(null, null, null, null, null, remasking, null);
  }

  /// One seed gives one picture.
  public B seed(long seed) {
    return change(null, null, null, null, null, null, seed);
  }

  /// Uses the max-logit cache; null: no cache.
  public B cache(@Nullable CacheSettings cache) {
    return sampling(sampling.withCache(cache));
  }

  B changeCfgImage(double cfgImage) {
    return change(null, null, cfgImage, null, null, null, null);
  }

  private B change(
      @Nullable Integer timesteps,
      @Nullable Double cfgScale,
      @Nullable Double cfgImage,
      @Nullable Double temperature,
      @Nullable Noise noise,
      @Nullable Remasking remasking,
      @Nullable Long seed) {
    Sampling s = sampling;
    return sampling(
        new Sampling(
            timesteps == null ? s.timesteps() : timesteps,
            cfgScale == null ? s.cfgScale() : cfgScale,
            cfgImage == null ? s.cfgImage() : cfgImage,
            temperature == null ? s.temperature() : temperature,
            noise == null ? s.noise() : noise,
            remasking == null ? s.remasking() : remasking,
            seed == null ? s.seed() : seed,
            s.cache()));
  }
}
