package ai.dimoo.image;

import java.util.List;

/// Many pictures in one, row by row, in cells as large as the largest of them.
public final class ContactSheet {

  private static final int WHITE = 0xffffff;

  private ContactSheet() {}

  /// @param pictures at least one
  /// @param columns pictures in a row, at least 1; the last row may be shorter
  /// @param gap white pixels between cells and round the sheet
  /// @param enlargement each pixel becomes a square of this many pixels a side, at least 1
  public static Picture of(List<Picture> pictures, int columns, int gap, int enlargement) {
    if (pictures.isEmpty() || columns < 1 || gap < 0 || enlargement < 1) {
      throw new IllegalArgumentException(
          "a sheet of %d pictures in %d columns, gap %d, enlarged %d times"
              .formatted(pictures.size(), columns, gap, enlargement));
    }
    int across = Math.min(columns, pictures.size());
    int down = Math.ceilDiv(pictures.size(), columns);
    int width = gap + enlargement * pictures.stream().mapToInt(Picture::width).max().orElseThrow();
    int height =
        gap + enlargement * pictures.stream().mapToInt(Picture::height).max().orElseThrow();
    Canvas canvas = new Canvas(new Size(across * width + gap, down * height + gap), WHITE);
    for (int i = 0; i < pictures.size(); i++) {
      Picture cell = pictures.get(i).enlarged(enlargement);
      canvas.draw(cell, gap + i % columns * width, gap + i / columns * height);
    }
    return canvas.toPicture();
  }
}
