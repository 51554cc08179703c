package ai.dimoo.app;

import ai.dimoo.image.Canvas;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All stops of a tour in one picture, two in a row: what the model was given, at most two
/// pictures, and at the right of these what it made.
final class TourSheet {

  private static final int ACROSS = 2;

  /// Pictures of a stop.
  private static final int CELLS = 3;

  private static final int GAP = 6;
  private static final int MARGIN = 30;
  private static final int WHITE = 0xffffff;

  /// Pixels that the longer side of a picture has at least on the sheet.
  private static final int LEGIBLE = 128;

  private TourSheet() {}

  /// @param stops at least one
  static Picture of(List<TourStop> stops) {
    int side =
        stops.stream()
            .flatMap(TourSheet::pictures)
            .mapToInt(picture -> Math.max(picture.width(), picture.height()))
            .max()
            .orElseThrow();
    int enlargement = Math.max(1, LEGIBLE / side);
    int cell = side * enlargement + GAP;
    int width = CELLS * cell + MARGIN;
    int rows = Math.ceilDiv(stops.size(), ACROSS);
    Canvas sheet = new Canvas(new Size(ACROSS * width + MARGIN, rows * cell + 2 * MARGIN), WHITE);
    for (int i = 0; i < stops.size(); i++) {
      int left = MARGIN + i % ACROSS * width;
      int top = MARGIN + i / ACROSS * cell;
      TourStop stop = stops.get(i);
      for (int input = 0; input < stop.inputs().size(); input++) {
        sheet.draw(stop.inputs().get(input).enlarged(enlargement), left + input * cell, top);
      }
      if (stop.output() != null) {
        sheet.draw(stop.output().enlarged(enlargement), left + (CELLS - 1) * cell, top);
      }
    }
    return sheet.toPicture();
  }

  private static Stream<Picture> pictures(TourStop stop) {
    List<Picture> all = new ArrayList<>(stop.inputs());
    if (stop.output() != null) {
      all.add(stop.output());
    }
    return all.stream();
  }
}
