package ai.dimoo;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Size;
import ai.dimoo.knowledge.Knowledge;
import ai.dimoo.request.TextToImage;
import ai.dimoo.request.UntrainedSize;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// At which sizes pictures of words are sampled, and how they become as large as was asked.
///
/// @param knowledge the sizes that the model was trained for
/// @param usual the size of a picture whose request has none
/// @param factor pixels per token along a side
record PictureSizes(Knowledge knowledge, Size usual, int factor) {

  /// The most pixels that a picture is enlarged to: a square of 4096.
  private static final long MOST_PIXELS = 1L << 24;

  /// How much more the shape counts than the area: the wrong shape cannot be resized away.
  private static final double SHAPE = 4;

  /// Shapes that differ by less look the same.
  private static final double SAME_SHAPE = 0.02;

  /// The size that is asked for.
  ///
  /// @throws UserException if a side is not one
  Size asked(TextToImage request) {
    return new Size(
        side("width", request.width(), usual.width()),
        side("height", request.height(), usual.height()));
  }

  private static int side(String name, @Nullable Integer wanted, int absent) {
    if (wanted != null && wanted < 1) {
      throw new UserException(Fault.value(name, wanted, "1 pixel or more"));
    }
    return wanted == null ? absent : wanted;
  }

  /// The size that the model samples at.
  ///
  /// @throws UserException if the size is refused
  Size sampled(TextToImage request) {
    Size asked = asked(request);
    if (knowledge.includes(asked) || request.untrainedSize() == UntrainedSize.FORCE) {
      requireTokens("width", asked.width());
      requireTokens("height", asked.height());
      return asked;
    }
    if (request.untrainedSize() == UntrainedSize.STRICT) {
      throw new UserException(
          Fault.of("The size is %s; the model was trained for %s.".formatted(asked, trained()))
              .in("size")
              .mend(Remedy.plain("ask for a size that it was trained for"))
              .mend(Remedy.give(UntrainedSize.FIELD, UntrainedSize.RESIZE.toString())));
    }
    if ((long) asked.width() * asked.height() > MOST_PIXELS) {
      throw new UserException(
          Fault.of("The size is %s; at most %d pixels are made.".formatted(asked, MOST_PIXELS))
              .in("size")
              .mend(Remedy.plain("ask for less")));
    }
    return nearest(asked);
  }

  private void requireTokens(String side, int pixels) {
    if (pixels % factor != 0) {
      int below = Math.max(Math.floorDiv(pixels, factor) * factor, factor);
      throw new UserException(
          Fault.value(
              side,
              pixels,
              "a multiple of %d, such as %d or %d".formatted(factor, below, below + factor)));
    }
  }

  private Size nearest(Size asked) {
    return knowledge.sizes().stream()
        .min(Comparator.comparingDouble(size -> distance(size, asked)))
        .orElse(asked);
  }

  private static double distance(Size size, Size asked) {
    double width = Math.log((double) size.width() / asked.width());
    double height = Math.log((double) size.height() / asked.height());
    return SHAPE * Math.abs(width - height) + Math.abs(width + height);
  }

  /// What of a request's size is not as its sender may think: at most one sentence.
  List<String> notes(TextToImage request) {
    Size asked = asked(request);
    if (knowledge.includes(asked)) {
      return List.of();
    }
    String beyond = "The model was trained for pictures of %s, not %s".formatted(trained(), asked);
    if (request.untrainedSize() == UntrainedSize.FORCE) {
      return List.of(beyond + ": the result may show nothing.");
    }
    Size made = nearest(asked);
    double stretch =
        Math.abs(
            Math.log(
                (double) made.width() * asked.height() / ((double) made.height() * asked.width())));
    return List.of(
        "%s: the picture is made at %s and %s."
            .formatted(
                beyond,
                made,
                stretch < SAME_SHAPE ? "resized" : "stretched, for want of its shape"));
  }

  private String trained() {
    return knowledge.sizes().stream().map(Size::toString).collect(Collectors.joining(", "));
  }
}
