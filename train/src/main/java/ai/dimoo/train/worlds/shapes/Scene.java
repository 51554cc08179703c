package ai.dimoo.train.worlds.shapes;

import java.util.List;

/// What is in a picture: a background and objects that do not overlap. Immutable.
///
/// Objects sit on a lattice of cells of [#CELL] pixels, the size of a VQ token of the pocket model,
/// so that a picture of `columns` × `rows` cells has as many tokens.
///
/// @param columns cells in a row of the picture
/// @param rows rows of cells
/// @param items the objects, in no particular order
public record Scene(int columns, int rows, Background background, List<Item> items) {

  /// The side of a lattice cell in pixels.
  public static final int CELL = 8;

  public Scene {
    items = List.copyOf(items);
    Box canvas = new Box(0, 0, columns * CELL, rows * CELL);
    for (int i = 0; i < items.size(); i++) {
      Box box = items.get(i).box();
      if (box.left() < 0
          || box.top() < 0
          || box.right() > canvas.right()
          || box.bottom() > canvas.bottom()) {
        throw new IllegalArgumentException(items.get(i) + " leaves the picture");
      }
      for (Item other : items.subList(0, i)) {
        if (box.near(other.box(), 0)) {
          throw new IllegalArgumentException(items.get(i) + " overlaps " + other);
        }
      }
    }
  }

  /// Pixels in a row.
  public int width() {
    return columns * CELL;
  }

  /// Rows of pixels.
  public int height() {
    return rows * CELL;
  }

  /// The same objects before another background.
  public Scene withBackground(Background other) {
    return new Scene(columns, rows, other, items);
  }

  /// Other objects before the same background.
  public Scene withItems(List<Item> others) {
    return new Scene(columns, rows, background, others);
  }

  /// The objects of this shape.
  public List<Item> of(Shape shape) {
    return items.stream().filter(item -> item.shape() == shape).toList();
  }

  /// The objects of this colour.
  public List<Item> of(Colour colour) {
    return items.stream().filter(item -> item.colour() == colour).toList();
  }

  /// The objects of this colour and shape.
  public List<Item> of(Colour colour, Shape shape) {
    return items.stream().filter(item -> item.colour() == colour && item.shape() == shape).toList();
  }
}
