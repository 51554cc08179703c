package ai.dimoo.request;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Canvas;
import ai.dimoo.image.ImageFiles;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.util.List;

/// A picture of which a part is kept and all round it is repainted from a sentence. Both sides are
/// first rounded down to multiples of the model's pixels per token. Immutable.
///
/// @param prompt what the whole picture is to show
/// @param image the picture
/// @param area what is kept: the tokens of which more than half lies in it. Of {@link
///   PaintArea.Marked} and {@link PaintArea.Tokens} the rest is kept
/// @param sampling how it is sampled
public record Outpaint(String prompt, Picture image, PaintArea area, Sampling sampling)
    implements ImageRequest {

  /// Its name in recipes.
  public static final String TASK = "outpaint";

  /// The rectangle of the reference's outpainting example (its README).
  public static final PaintArea.Centred DEFAULT_AREA = new PaintArea.Centred(1.0, 0.2);

  /// A side beyond this is refused before a canvas is made of it, and so are too many pixels.
  private static final int LONGEST_SIDE = 16_384;

  /// @throws UserException if the prompt is empty
  public Outpaint {
    prompt = Prompts.notEmpty(prompt);
    sampling.requireOnly(SamplingKind.PICTURE, TASK);
  }

  @Override
  public String taskName() {
    return TASK;
  }

  @Override
  public Outpaint withPrompt(String other) {
    return new Outpaint(other, image, area, sampling);
  }

  @Override
  public Outpaint withSampling(Sampling other) {
    return new Outpaint(prompt, image, area, other);
  }

  /// The same with another part kept.
  public Outpaint withArea(PaintArea other) {
    return new Outpaint(prompt, image, other, sampling);
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

  /// Builds an {@link Outpaint}. Not thread-safe.
  public static final class Builder extends SamplingBuilder<Builder> {

    private final String prompt;
    private Picture image;
    private PaintArea area = DEFAULT_AREA;

    private Builder(String prompt, Picture image) {
      this.prompt = prompt;
      this.image = image;
    }

    /// What is kept; if not called, an upright stripe in the middle.
    public Builder area(PaintArea area) {
      this.area = area;
      return this;
    }

    /// Continues the picture beyond its edges by so many pixels, in place of {@link #area}: the
    /// whole picture is kept.
    ///
    /// @throws UserException if a number is negative or the picture becomes too large
    public Builder expand(int left, int top, int right, int bottom) {
      long width = (long) image.width() + left + right;
      long height = (long) image.height() + top + bottom;
      if (Math.min(Math.min(left, right), Math.min(top, bottom)) < 0
          || Math.max(width, height) > LONGEST_SIDE
          || width * height > ImageFiles.MAX_PIXELS) {
        throw new UserException(
            "A picture of %s cannot be continued by %d, %d, %d, %d pixels (left, top, right, bottom):"
                    .formatted(image.size(), left, top, right, bottom)
                + " give numbers from 0 that make no side longer than "
                + LONGEST_SIDE
                + " and at most "
                + ImageFiles.MAX_PIXELS
                + " pixels in all.");
      }
      Canvas canvas = new Canvas(new Size((int) width, (int) height), Canvas.GREY);
      area = new PaintArea.InBox(new Box(left, top, image.width(), image.height()));
      image = canvas.draw(image, left, top).toPicture().ofFrames(image.frames());
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /// The request.
    ///
    /// @throws UserException if the prompt is empty
    public Outpaint build() {
      return new Outpaint(prompt, image, area, sampling());
    }
  }
}
