package ai.dimoo;

import ai.dimoo.image.Box;
import ai.dimoo.image.Canvas;
import ai.dimoo.image.Picture;
import ai.dimoo.sequence.CodeGrid;
import ai.dimoo.vq.VqCodec;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Pictures to codes and back. Used on the engine's threads.
///
/// @param vq the caller keeps and closes it
record PictureCodec(VqCodec vq) {

  /// Pixels, along each side, that one code stands for.
  int factor() {
    return vq.config().pixelsPerCode();
  }

  /// @param picture both sides multiples of {@link #factor}
  CodeGrid encode(Picture picture) {
    int[] codes = vq.encode(picture.toPlanes(), picture.width(), picture.height());
    return new CodeGrid(picture.height() / factor(), picture.width() / factor(), codes);
  }

  /// @param grid all decided
  Picture decode(CodeGrid grid) {
    if (!grid.isDecided()) {
      throw new IllegalArgumentException("a code is still masked");
    }
    float[] planes = vq.decode(grid.codes(), grid.rows(), grid.columns());
    return Picture.fromPlanes(planes, grid.columns() * factor(), grid.rows() * factor());
  }

  /// A picture of which some codes are not decided: grey there.
  ///
  /// @param grid with {@link CodeGrid#MASKED} where that is so
  Picture preview(CodeGrid grid) {
    int[] codes = grid.codes();
    int stand =
        mostFrequent(codes); // the decoder looks at neighbours: the background disturbs least
    int[] filled =
        Arrays.stream(codes).map(code -> code == CodeGrid.MASKED ? stand : code).toArray();
    Picture decoded = decode(new CodeGrid(grid.rows(), grid.columns(), filled));
    Canvas canvas = new Canvas(decoded.size(), Canvas.GREY);
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        if (grid.code(row, column) != CodeGrid.MASKED) {
          int x = column * factor();
          int y = row * factor();
          canvas.draw(decoded.crop(new Box(x, y, factor(), factor())), x, y);
        }
      }
    }
    return canvas.toPicture();
  }

  private int mostFrequent(int[] codes) {
    int[] counts = new int[vq.config().codebookSize()];
    for (int code : codes) {
      if (code != CodeGrid.MASKED) {
        counts[code]++;
      }
    }
    return IntStream.range(0, counts.length).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
  }
}
