package ai.dimoo.diffusion;

import org.jspecify.annotations.Nullable;

/// How an image is decoded. Immutable.
///
/// @param timesteps number of steps, at least 1; fewer are taken where fewer tokens are masked
/// @param temperature 0 takes the likeliest code; 1 samples
/// @param cfgScale guidance by text, 0 for none
/// @param cfgImage guidance by the input pictures, 0 for none; only for image-to-image
/// @param noise how random numbers are drawn
/// @param remasking which predictions of a step are masked again; the published model's are the
///   least confident
/// @param seed any number; one seed gives one picture
/// @param cache null: every step computes every position
public record ImageSamplerSettings(
    int timesteps,
    double temperature,
    double cfgScale,
    double cfgImage,
    Noise noise,
    Remasking remasking,
    long seed,
    @Nullable CacheSettings cache) {

  /// The reference script's defaults for text-to-image, with seed 0.
  public static final ImageSamplerSettings TEXT_TO_IMAGE =
      new ImageSamplerSettings(
          64, 1.0, 4.0, 0.0, Noise.REFERENCE, Remasking.LOW_CONFIDENCE, 0, null);

  /// The reference script's defaults for image-to-image, with seed 0.
  public static final ImageSamplerSettings IMAGE_TO_IMAGE =
      new ImageSamplerSettings(
          64, 1.0, 2.5, 4.0, Noise.REFERENCE, Remasking.LOW_CONFIDENCE, 0, null);

  /// @throws ai.dimoo.error.UserException if a value is out of range
  public ImageSamplerSettings {
    SettingsChecks.atLeast(1, timesteps, "timesteps");
    SettingsChecks.notNegative(temperature, "temperature");
    SettingsChecks.notNegative(cfgScale, "cfg_scale");
    SettingsChecks.notNegative(cfgImage, "cfg_img");
  }

  /// The same with another seed.
  public ImageSamplerSettings withSeed(long seed) {
    return toBuilder().seed(seed).build();
  }

  /// The same with a cache; null: without.
  public ImageSamplerSettings withCache(@Nullable CacheSettings cache) {
    return toBuilder().cache(cache).build();
  }

  /// Begins settings that differ from these.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// Builds {@link ImageSamplerSettings}. Not thread-safe.
  public static final class Builder {

    private int timesteps;
    private double temperature;
    private double cfgScale;
    private double cfgImage;
    private Noise noise;
    private Remasking remasking;
    private long seed;
    private @Nullable CacheSettings cache;

    private Builder(ImageSamplerSettings from) {
      timesteps = from.timesteps;
      temperature = from.temperature;
      cfgScale = from.cfgScale;
      cfgImage = from.cfgImage;
      noise = from.noise;
      remasking = from.remasking;
      seed = from.seed;
      cache = from.cache;
    }

    /// Number of steps.
    public Builder timesteps(int timesteps) {
      this.timesteps = timesteps;
      return this;
    }

    /// Randomness of the choice of codes.
    public Builder temperature(double temperature) {
      this.temperature = temperature;
      return this;
    }

    /// Guidance by text.
    public Builder cfgScale(double cfgScale) {
      this.cfgScale = cfgScale;
      return this;
    }

    /// Guidance by the input pictures.
    public Builder cfgImage(double cfgImage) {
      this.cfgImage = cfgImage;
      return this;
    }

    /// How random numbers are drawn.
    public Builder noise(Noise noise) {
      this.noise = noise;
      return this;
    }

    /// Which predictions of a step are masked again.
    public Builder remasking(Remasking remasking) {
      this.remasking = remasking;
      return this;
    }

    /// One seed gives one picture.
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /// Null: every step computes every position.
    public Builder cache(@Nullable CacheSettings cache) {
      this.cache = cache;
      return this;
    }

    /// The settings.
    ///
    /// @throws ai.dimoo.error.UserException if a value is out of range
    public ImageSamplerSettings build() {
      return new ImageSamplerSettings(
          timesteps, temperature, cfgScale, cfgImage, noise, remasking, seed, cache);
    }
  }
}
