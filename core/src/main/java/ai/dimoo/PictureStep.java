package ai.dimoo;

import ai.dimoo.image.Picture;
import ai.dimoo.prompt.CodeGrid;
import java.util.function.Supplier;

/// A step of a picture as it forms.
///
/// @param codes the present codes, {@link #MASKED} where the token is still masked
/// @param preview decodes them, see {@link #picture}
public record PictureStep(
    int step, int steps, int masked, CodeGrid codes, Supplier<Picture> preview) implements Step {

  /// In place of a code: not decided yet.
  public static final int MASKED = -1;

  /// The picture as far as it is decided, grey where it is not. Costs a run of the VQ decoder. Call
  /// it within the listener's method only: it computes on the engine's thread.
  public Picture picture() {
    return preview.get();
  }
}
