package ai.dimoo.springai;

import ai.dimoo.request.EditSetters;
import ai.dimoo.request.Sampling;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageOptions;

/// How a picture is made: Spring AI's options and the model's own. Null leaves a choice to the
/// image model's defaults, and those to the model. Immutable.
///
/// @param n number of pictures, 1 to {@value DimooImageModel#MAX_PICTURES}
/// @param width pixels, a multiple of the model's pixels per token; not for edited pictures, which
///   have the size of the picture that they are made from
/// @param height the same for the height
/// @param task what is done with a message's picture, see {@link ai.dimoo.prompt.Task#named}
/// @param sampling how it is sampled; of several pictures each has the next seed
public record DimooImageOptions(
    @Nullable Integer n,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String task,
    Sampling sampling)
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
        task == null ? those.task : task,
        sampling.or(those.sampling));
  }

  /// Builds {@link DimooImageOptions}. Not thread-safe.
  public static final class Builder implements EditSetters<Builder> {

    private @Nullable Integer n;
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable String task;
    private Sampling sampling = Sampling.DEFAULT;

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

    /// What is done with a message's picture.
    public Builder task(@Nullable String task) {
      this.task = task;
      return this;
    }

    @Override
    public Sampling sampling() {
      return sampling;
    }

    @Override
    public Builder sampling(Sampling sampling) {
      this.sampling = sampling;
      return this;
    }

    /// The options. Sizes and task are checked when they are used.
    public DimooImageOptions build() {
      return new DimooImageOptions(n, width, height, task, sampling);
    }
  }
}
