package ai.dimoo.server.openai;

import ai.dimoo.GeneratedPicture;
import ai.dimoo.image.Picture;
import org.jspecify.annotations.Nullable;

/// What happens while the pictures of a request are made.
public sealed interface PictureProgress {

  /// A step is done.
  ///
  /// @param picture of the request, counted from 0
  /// @param tokens which tokens are masked, where every step is reported
  /// @param partial which partial picture this is, counted from 0; -1: none
  /// @param preview the forming picture, where one was asked for
  record Stepped(
      int picture,
      int step,
      int steps,
      int masked,
      @Nullable MaskedTokens tokens,
      int partial,
      @Nullable Picture preview)
      implements PictureProgress {}

  /// A picture is done.
  ///
  /// @param picture of the request, counted from 0
  record Finished(int picture, GeneratedPicture result) implements PictureProgress {}
}
