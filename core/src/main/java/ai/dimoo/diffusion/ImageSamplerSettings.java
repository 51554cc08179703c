package ai.dimoo.diffusion;

import ai.dimoo.error.Fault;
import ai.dimoo.error.UserException;
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
/// @param correction whether decided tokens may be taken back
/// @param cfgFrom share of the steps before guidance begins, 0..1
/// @param cfgTo share of the steps after which guidance ends, more than `cfgFrom`; 1: never
/// @param fullSteps how many steps the transformer takes itself, the others being taken by the
///   shortcut network; 0: all of them
/// @param cache null: every step computes every position
public record ImageSamplerSettings(
    int timesteps,
    double temperature,
    double cfgScale,
    double cfgImage,
    Noise noise,
    Remasking remasking,
    long seed,
    SelfCorrection correction,
    double cfgFrom,
    double cfgTo,
    int fullSteps,
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
    SettingsChecks.share(cfgFrom, "cfg_from");
    SettingsChecks.share(cfgTo, "cfg_to");
    if (cfgFrom >= cfgTo) {
      throw new UserException(Fault.value("cfg_from", cfgFrom, "less than the cfg_to " + cfgTo));
    }
    SettingsChecks.atLeast(0, fullSteps, "full_steps");
    if (fullSteps > 0 && cache != null) {
      throw new UserException(
          Fault.value("full_steps", fullSteps, "0 where the max-logit cache is used"));
    }
  }

  /// With guidance in every step, nothing taken back, and every step taken by the transformer.
  public ImageSamplerSettings(
      int timesteps,
      double temperature,
      double cfgScale,
      double cfgImage,
      Noise noise,
      Remasking remasking,
      long seed,
      @Nullable CacheSettings cache) {
    this(
        timesteps,
        temperature,
        cfgScale,
        cfgImage,
        noise,
        remasking,
        seed,
        SelfCorrection.OFF,
        0,
        1,
        0,
        cache);
  }

  /// Whether a step is guided.
  ///
  /// @param step 0 … timesteps − 1
  boolean guides(int step) {
    double done = (double) step / timesteps;
    return cfgFrom <= done && done < cfgTo;
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
    private SelfCorrection correction;
    private double cfgFrom;
    private double cfgTo;
    private int fullSteps;
    private @Nullable CacheSettings cache;

    private Builder(ImageSamplerSettings from) {
      timesteps = from.timesteps;
      temperature = from.temperature;
      cfgScale = from.cfgScale;
      cfgImage = from.cfgImage;
      noise = from.noise;
      remasking = from.remasking;
      seed = from.seed;
      correction = from.correction;
      cfgFrom = from.cfgFrom;
      cfgTo = from.cfgTo;
      fullSteps = from.fullSteps;
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

    /// Whether decided tokens may be taken back.
    public Builder correction(SelfCorrection correction) {
      this.correction = correction;
      return this;
    }

    /// Share of the steps before guidance begins.
    public Builder cfgFrom(double cfgFrom) {
      this.cfgFrom = cfgFrom;
      return this;
    }

    /// Share of the steps after which guidance ends.
    public Builder cfgTo(double cfgTo) {
      this.cfgTo = cfgTo;
      return this;
    }

    /// How many steps the transformer takes itself; 0: all.
    public Builder fullSteps(int fullSteps) {
      this.fullSteps = fullSteps;
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
          timesteps,
          temperature,
          cfgScale,
          cfgImage,
          noise,
          remasking,
          seed,
          correction,
          cfgFrom,
          cfgTo,
          fullSteps,
          cache);
    }
  }
}
