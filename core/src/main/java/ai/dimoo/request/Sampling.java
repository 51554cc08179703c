package ai.dimoo.request;

import ai.dimoo.diffusion.CacheSettings;
import ai.dimoo.diffusion.ImageSamplerSettings;
import ai.dimoo.diffusion.Noise;
import ai.dimoo.diffusion.Remasking;
import org.jspecify.annotations.Nullable;

/// What a request says of how its picture is sampled; null leaves a choice to the model, see {@link
/// ai.dimoo.ModelDefaults}. Immutable.
///
/// @param timesteps number of steps, at least 1
/// @param cfgScale guidance by text, 0 for none
/// @param cfgImage guidance by the input pictures, 0 for none; only {@link Edit} has it
/// @param temperature 0 takes the likeliest code
/// @param noise how random numbers are drawn
/// @param remasking which predictions of a step are masked again
/// @param seed any number; one seed gives one picture. Null: a new one each time
/// @param cache the max-logit cache; null: none
public record Sampling(
    @Nullable Integer timesteps,
    @Nullable Double cfgScale,
    @Nullable Double cfgImage,
    @Nullable Double temperature,
    @Nullable Noise noise,
    @Nullable Remasking remasking,
    @Nullable Long seed,
    @Nullable CacheSettings cache) {

  /// All is left to the model, and the seed to chance.
  public static final Sampling DEFAULT =
      new Sampling(null, null, null, null, null, null, null, null);

  /// @throws ai.dimoo.error.UserException if a value is out of range
  public Sampling {
    settings(
        ImageSamplerSettings.IMAGE_TO_IMAGE,
        timesteps,
        cfgScale,
        cfgImage,
        temperature,
        noise,
        remasking,
        0,
        cache);
  }

  /// All of these settings, the seed among them, nothing left to the model.
  public static Sampling of(ImageSamplerSettings settings) {
    return new Sampling(
        settings.timesteps(),
        settings.cfgScale(),
        settings.cfgImage(),
        settings.temperature(),
        settings.noise(),
        settings.remasking(),
        settings.seed(),
        settings.cache());
  }

  /// The same with another seed; null: a new one each time.
  public Sampling withSeed(@Nullable Long other) {
    return new Sampling(timesteps, cfgScale, cfgImage, temperature, noise, remasking, other, cache);
  }

  /// The same with a cache; null: without.
  public Sampling withCache(@Nullable CacheSettings other) {
    return new Sampling(timesteps, cfgScale, cfgImage, temperature, noise, remasking, seed, other);
  }

  /// The settings to sample with.
  ///
  /// @param defaults for what is null here
  public ImageSamplerSettings resolve(ImageSamplerSettings defaults) {
    return settings(
        defaults,
        timesteps,
        cfgScale,
        cfgImage,
        temperature,
        noise,
        remasking,
        Seeds.orRandom(seed),
        cache);
  }

  private static ImageSamplerSettings settings(
      ImageSamplerSettings defaults,
      @Nullable Integer timesteps,
      @Nullable Double cfgScale,
      @Nullable Double cfgImage,
      @Nullable Double temperature,
      @Nullable Noise noise,
      @Nullable Remasking remasking,
      long seed,
      @Nullable CacheSettings cache) {
    return new ImageSamplerSettings(
        timesteps == null ? defaults.timesteps() : timesteps,
        temperature == null ? defaults.temperature() : temperature,
        cfgScale == null ? defaults.cfgScale() : cfgScale,
        cfgImage == null ? defaults.cfgImage() : cfgImage,
        noise == null ? defaults.noise() : noise,
        remasking == null ? defaults.remasking() : remasking,
        seed,
        cache);
  }
}
