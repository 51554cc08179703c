package ai.dimoo.request;

import ai.dimoo.error.UserException;
import org.jspecify.annotations.Nullable;

/// A picture from a sentence. Immutable.
///
/// @param prompt what it is to show
/// @param width pixels, a multiple of the model's pixels per token; null: the model's own
/// @param height the same for the height
/// @param sampling how it is sampled
public record TextToImage(
    String prompt, @Nullable Integer width, @Nullable Integer height, Sampling sampling)
    implements ImageRequest {

  /// Its name in recipes.
  public static final String TASK = "text_to_image";

  /// @throws UserException if the prompt is empty
  public TextToImage {
    prompt = Prompts.notEmpty(prompt);
    sampling.requireOnly(SamplingKind.PICTURE, TASK);
  }

  @Override
  public String taskName() {
    return TASK;
  }

  @Override
  public TextToImage withPrompt(String other) {
    return new TextToImage(other, width, height, sampling);
  }

  @Override
  public TextToImage withSampling(Sampling other) {
    return new TextToImage(prompt, width, height, other);
  }

  /// The same in another size.
  ///
  /// @param width pixels; null: as here
  /// @param height pixels; null: as here
  public TextToImage withSize(@Nullable Integer width, @Nullable Integer height) {
    return new TextToImage(
        prompt,
        width == null ? this.width : width,
        height == null ? this.height : height,
        sampling);
  }

  /// Begins a request.
  ///
  /// @param prompt what the picture is to show
  public static Builder of(String prompt) {
    return new Builder(prompt);
  }

  /// Builds a {@link TextToImage}. Not thread-safe.
  public static final class Builder extends SamplingBuilder<Builder> {

    private final String prompt;
    private @Nullable Integer width;
    private @Nullable Integer height;

    private Builder(String prompt) {
      this.prompt = prompt;
    }

    /// Width and height in pixels.
    public Builder size(int width, int height) {
      return width(width).height(height);
    }

    /// Width in pixels.
    public Builder width(int width) {
      this.width = width;
      return this;
    }

    /// Height in pixels.
    public Builder height(int height) {
      this.height = height;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if the prompt is empty
    public TextToImage build() {
      return new TextToImage(prompt, width, height, sampling());
    }
  }
}
