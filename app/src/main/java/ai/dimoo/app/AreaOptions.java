package ai.dimoo.app;

import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.request.PaintArea;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of a picture is painted.
final class AreaOptions {

  @Option(
      names = "--box",
      paramLabel = "X,Y,W,H",
      description =
          "The rectangle in pixels: left, top, width, height (default: one in the middle).")
  @Nullable String box;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "A picture that marks what is repainted, in white or as transparent (default: none).")
  @Nullable Path mask;

  @Option(
      names = "--mask-h-ratio",
      paramLabel = "X",
      description =
          "Height of the rectangle in the middle as a share of the picture's, 0 to 1 (default: 0.5,"
              + " for outpaint 1).")
  @Nullable Double heightRatio;

  @Option(
      names = "--mask-w-ratio",
      paramLabel = "X",
      description =
          "Width of the rectangle in the middle as a share of the picture's, 0 to 1 (default: 0.5,"
              + " for outpaint 0.2).")
  @Nullable Double widthRatio;

  /// Whether anything is given.
  boolean given() {
    return box != null || mask != null || heightRatio != null || widthRatio != null;
  }

  /// The area; null if nothing is given.
  ///
  /// @param usual the rest of a rectangle of which one side is given
  /// @throws UserException if several are given, or one is not usable
  @Nullable PaintArea area(PaintArea.Centred usual) {
    boolean ratios = heightRatio != null || widthRatio != null;
    if (Stream.of(box, mask, ratios ? "ratios" : null).filter(Objects::nonNull).count() > 1) {
      throw new UserException("Give one of --box, --mask and the --mask-…-ratio options.");
    }
    if (box != null) {
      return new PaintArea.InBox(Box.parse(box));
    }
    if (mask != null) {
      return new PaintArea.Marked(new InputFile(mask).mask());
    }
    if (!ratios) {
      return null;
    }
    return new PaintArea.Centred(
        heightRatio == null ? usual.heightRatio() : heightRatio,
        widthRatio == null ? usual.widthRatio() : widthRatio);
  }
}
