package ai.dimoo.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageOptions;

/// How a picture is made: Spring AI's options and the model's own. Null leaves a choice to the
/// image model's defaults, and those to the model. Immutable.
///
/// @param n number of pictures, 1 to {@value DimooImageModel#MAX_PICTURES}
/// @param width pixels, a multiple of the model's pixels per token; not for edited pictures, which
///   have the size of the picture that they are made from
/// @param height the same for the height
/// @param timesteps number of denoising steps, at least 1
/// @param cfgScale how strongly the picture follows the text, 0 or more
/// @param cfgImage how strongly an edited picture follows the picture that it is made from, 0 or
///   more
/// @param temperature randomness of the choice of codes, 0 or more; 0 takes the likeliest
/// @param seed one seed gives one picture; of several pictures each has the next seed
/// @param task what is done with a message's picture, see {@link ai.dimoo.prompt.Task#named}
public record DimooImageOptions(
    @Nullable Integer n,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer timesteps,
    @Nullable Double cfgScale,
    @Nullable Double cfgImage,
    @Nullable Double temperature,
    @Nullable Long seed,
    @Nullable String task)
    implements ImageOptions {

  /// All is left to the model.
  public static final DimooImageOptions DEFAULT = builder().build();

  /// Begins options.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public @Nullable Integer getN() {
    return n;
  }

  @Override
  public @Nullable Integer getWidth() {
    return width;
  }

  @Override
  public @Nullable Integer getHeight() {
    return height;
  }

  @Override
  public @Nullable String getModel() {
    return null;
  }

  @Override
  public @Nullable String getResponseFormat() {
    return null;
  }

  @Override
  public @Nullable String getStyle() {
    return null;
  }

  /// These, and where they say nothing, those.
  DimooImageOptions or(DimooImageOptions those) {
    return new DimooImageOptions(
        n == null ? those.n : n,
        width == null ? those.width : width,
        height == null ? those.height : height,
        timesteps == null ? those.timesteps : timesteps,
        cfgScale == null ? those.cfgScale : cfgScale,
        cfgImage == null ? those.cfgImage : cfgImage,
        temperature == null ? those.temperature : temperature,
        seed == null ? those.seed : seed,
        task == null ? those.task : task);
  }

  /// Builds {@link DimooImageOptions}. Not thread-safe.
  public static final class Builder {

    private @Nullable Integer n;
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable Integer timesteps;
    private @Nullable Double cfgScale;
    private @Nullable Double cfgImage;
    private @Nullable Double temperature;
    private @Nullable Long seed;
    private @Nullable String task;

    private Builder() {}

    /// Number of pictures.
    public Builder n(@Nullable Integer n) {
      this.n = n;
      return this;
    }

    /// Width in pixels.
    public Builder width(@Nullable Integer width) {
      this.width = width;
      return this;
    }

    /// Height in pixels.
    public Builder height(@Nullable Integer height) {
      this.height = height;
      return this;
    }

    /// Number of denoising steps.
    public Builder timesteps(@Nullable Integer timesteps) {
      this.timesteps = timesteps;
      return this;
    }

    /// How strongly the picture follows the text.
    public Builder cfgScale(@Nullable Double cfgScale) {
      this.cfgScale = cfgScale;
      return this;
    }

    /// How strongly an edited picture follows the picture that it is made from.
    public Builder cfgImage(@Nullable Double cfgImage) {
      this.cfgImage = cfgImage;
      return this;
    }

    /// Randomness of the choice of codes.
    public Builder temperature(@Nullable Double temperature) {
      this.temperature = temperature;
      return this;
    }

    /// One seed gives one picture.
    public Builder seed(@Nullable Long seed) {
      this.seed = seed;
      return this;
    }

    /// What is done with a message's picture.
    public Builder task(@Nullable String task) {
      this.task = task;
      return this;
    }

    /// The options. They are checked when they are used.
    public DimooImageOptions build() {
      return new DimooImageOptions(
          n, width, height, timesteps, cfgScale, cfgImage, temperature, seed, task);
    }
  }
}
