package ai.dimoo.request;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A picture of which every token that an area touches is repainted, and every other token stays
/// identical (interactive retouching, section 4 of the paper). Immutable.
///
/// With the codes of the picture, if the model that is asked made it, the pixels away from the area
/// stay identical too. A picture from elsewhere is first turned into codes, which changes it
/// slightly everywhere.
///
/// @param prompt what the whole picture is to show
/// @param image the picture; both sides are first rounded down to multiples of the model's pixels
///   per token
/// @param codes its codes; null if they are not known
/// @param area what is repainted
/// @param sampling how it is sampled
public record Retouch(
    String prompt, Picture image, @Nullable PictureCodes codes, PaintArea area, Sampling sampling)
    implements ImageRequest {

  /// Its name in recipes.
  public static final String TASK = "retouch";

  /// @throws UserException if the prompt is empty
  public Retouch {
    prompt = Prompts.notEmpty(prompt);
    sampling.requireOnly(SamplingKind.PICTURE, TASK);
  }

  @Override
  public String taskName() {
    return TASK;
  }

  @Override
  public Retouch withPrompt(String other) {
    return new Retouch(other, image, codes, area, sampling);
  }

  @Override
  public Retouch withSampling(Sampling other) {
    return new Retouch(prompt, image, codes, area, other);
  }

  /// The same elsewhere.
  public Retouch withArea(PaintArea other) {
    return new Retouch(prompt, image, codes, other, sampling);
  }

  @Override
  public List<Picture> pictures() {
    return List.of(image);
  }

  /// Begins a request.
  ///
  /// @param prompt what the whole picture is to show
  /// @param box what is repainted, in pixels
  public static Builder of(String prompt, Picture image, Box box) {
    return new Builder(prompt, image, new PaintArea.InBox(box));
  }

  /// Builds a {@link Retouch}. Not thread-safe.
  public static final class Builder extends SamplingBuilder<Builder> {

    private final String prompt;
    private final Picture image;
    private PaintArea area;
    private @Nullable PictureCodes codes;

    private Builder(String prompt, Picture image, PaintArea area) {
      this.prompt = prompt;
      this.image = image;
      this.area = area;
    }

    /// Another area than the box.
    public Builder area(PaintArea area) {
      this.area = area;
      return this;
    }

    /// The codes of the picture; null if they are not known.
    public Builder codes(@Nullable PictureCodes codes) {
      this.codes = codes;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if the prompt is empty
    public Retouch build() {
      return new Retouch(prompt, image, codes, area, sampling());
    }
  }
}
