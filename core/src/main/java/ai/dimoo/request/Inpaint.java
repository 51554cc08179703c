package ai.dimoo.request;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Picture;
import java.util.List;

/// A picture of which a part is repainted from a sentence. Both sides are first rounded down to
/// multiples of the model's pixels per token. Immutable.
///
/// @param prompt what the whole picture is to show
/// @param image the picture
/// @param area what is repainted: the tokens of which more than half lies in it
/// @param sampling how it is sampled
public record Inpaint(String prompt, Picture image, PaintArea area, Sampling sampling)
    implements ImageRequest {

  /// Its name in recipes.
  public static final String TASK = "inpaint";

  /// The rectangle of the reference's inpainting example (its README).
  public static final PaintArea.Centred DEFAULT_AREA = new PaintArea.Centred(0.5, 0.5);

  /// @throws UserException if the prompt is empty
  public Inpaint {
    prompt = Prompts.notEmpty(prompt);
    sampling.requireOnly(SamplingKind.PICTURE, TASK);
  }

  @Override
  public String taskName() {
    return TASK;
  }

  @Override
  public Inpaint withPrompt(String other) {
    return new Inpaint(other, image, area, sampling);
  }

  @Override
  public Inpaint withSampling(Sampling other) {
    return new Inpaint(prompt, image, area, other);
  }

  /// The same elsewhere.
  public Inpaint withArea(PaintArea other) {
    return new Inpaint(prompt, image, other, sampling);
  }

  @Override
  public List<Picture> pictures() {
    return List.of(image);
  }

  /// Begins a request.
  ///
  /// @param prompt what the whole picture is to show
  public static Builder of(String prompt, Picture image) {
    return new Builder(prompt, image);
  }

  /// Builds an {@link Inpaint}. Not thread-safe.
  public static final class Builder extends SamplingBuilder<Builder> {

    private final String prompt;
    private final Picture image;
    private PaintArea area = DEFAULT_AREA;

    private Builder(String prompt, Picture image) {
      this.prompt = prompt;
      this.image = image;
    }

    /// What is repainted; if not called, a rectangle in the middle.
    public Builder area(PaintArea area) {
      this.area = area;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if the prompt is empty
    public Inpaint build() {
      return new Inpaint(prompt, image, area, sampling());
    }
  }
}
