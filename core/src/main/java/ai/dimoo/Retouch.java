package ai.dimoo;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Picture;
import ai.dimoo.prompt.CodeGrid;
import org.jspecify.annotations.Nullable;

/// A picture of which every token that an area touches is made anew, and every other token stays
/// identical (interactive retouching, section 4 of the paper). Immutable.
///
/// Of a picture that this model made, give the codes ({@link GeneratedPicture#codes}): the pixels
/// away from the area then stay identical too. A picture from elsewhere is first turned into codes,
/// which changes it slightly everywhere.
///
/// @param prompt what the whole picture is to show
/// @param image the picture; null if `codes` are given
/// @param codes the codes of the picture; null if `image` is given
/// @param area what is made anew
/// @param sampling how it is sampled
public record Retouch(
    String prompt,
    @Nullable Picture image,
    @Nullable CodeGrid codes,
    PaintArea area,
    Sampling sampling)
    implements ImageRequest {

  /// Its name in recipes.
  public static final String TASK = "retouch";

  /// @throws UserException if the prompt is empty
  public Retouch {
    prompt = Prompts.notEmpty(prompt);
    if ((image == null) == (codes == null)) {
      throw new IllegalArgumentException("give either the picture or its codes");
    }
  }

  /// Begins a request.
  ///
  /// @param prompt what the whole picture is to show
  /// @param box what is made anew, in pixels
  public static Builder of(String prompt, Picture image, Box box) {
    return new Builder(prompt, image, null, new PaintArea.InBox(box));
  }

  /// Begins a request for a picture that the same model made.
  ///
  /// @param prompt what the whole picture is to show
  /// @param box what is made anew, in pixels
  public static Builder of(String prompt, GeneratedPicture picture, Box box) {
    return new Builder(prompt, null, picture.codes(), new PaintArea.InBox(box));
  }

  /// Builds a {@link Retouch}. Not thread-safe.
  public static final class Builder extends SamplingBuilder<Builder> {

    private final String prompt;
    private final @Nullable Picture image;
    private final @Nullable CodeGrid codes;
    private PaintArea area;

    private Builder(
        String prompt, @Nullable Picture image, @Nullable CodeGrid codes, PaintArea area) {
      this.prompt = prompt;
      this.image = image;
      this.codes = codes;
      this.area = area;
    }

    /// Another area than the box.
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
    public Retouch build() {
      return new Retouch(prompt, image, codes, area, sampling());
    }
  }
}
