package ai.dimoo;

import ai.dimoo.image.Picture;
import ai.dimoo.sequence.CodeGrid;
import java.util.function.Supplier;

/// A step of a picture as it forms.
///
/// @param codes the present codes, {@link CodeGrid#MASKED} where the token is still masked
/// @param preview decodes them, see {@link #picture}
public record PictureStep(
    int step, int steps, int masked, CodeGrid codes, Supplier<Picture> preview) implements Step {

  /// The picture as far as it is decided, grey where it is not. Costs a run of the VQ decoder. Call
  /// it within the listener's method only: it computes on the engine's thread.
  public Picture picture() {
    return preview.get();
  }
}
