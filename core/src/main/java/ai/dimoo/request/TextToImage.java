package ai.dimoo.request;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A picture from a sentence. Immutable.
///
/// @param prompt what it is to show
/// @param width pixels; null: the model's own. Where the model samples at this size, a multiple of
///   its pixels per token
/// @param height the same for the height
/// @param untrainedSize what is done where the model was not trained for that size
/// @param sampling how it is sampled
public record TextToImage(
    String prompt,
    @Nullable Integer width,
    @Nullable Integer height,
    UntrainedSize untrainedSize,
    Sampling sampling)
    implements ImageRequest {

  /// Its name in recipes.
  public static final String TASK = "text_to_image";

  /// @throws UserException if the prompt is empty
  public TextToImage {
    prompt = Prompts.notEmpty(prompt);
    sampling.requireOnly(SamplingKind.PICTURE, TASK);
  }

  /// Sizes that the model was not trained for are resized.
  ///
  /// @throws UserException if the prompt is empty
  public TextToImage(
      String prompt, @Nullable Integer width, @Nullable Integer height, Sampling sampling) {
    this(prompt, width, height, UntrainedSize.RESIZE, sampling);
  }

  @Override
  public String taskName() {
    return TASK;
  }

  @Override
  public TextToImage withPrompt(String other) {
    return new TextToImage(other, width, height, untrainedSize, sampling);
  }

  @Override
  public TextToImage withSampling(Sampling other) {
    return new TextToImage(prompt, width, height, untrainedSize, other);
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
        untrainedSize,
        sampling);
  }

  /// The same with another answer to sizes that the model was not trained for.
  public TextToImage withUntrainedSize(UntrainedSize other) {
    return new TextToImage(prompt, width, height, other, sampling);
  }

  @Override
  public List<Picture> pictures() {
    return List.of();
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
    private UntrainedSize untrainedSize = UntrainedSize.RESIZE;

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

    /// What is done where the model was not trained for the size; resized if this is not called.
    public Builder untrainedSize(UntrainedSize untrainedSize) {
      this.untrainedSize = untrainedSize;
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
      return new TextToImage(prompt, width, height, untrainedSize, sampling());
    }
  }
}
