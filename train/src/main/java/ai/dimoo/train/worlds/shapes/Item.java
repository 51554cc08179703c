package ai.dimoo.train.worlds.shapes;

/// One object of a scene.
///
/// @param column cells between the picture's left edge and the object
/// @param row cells between the picture's top edge and the object
public record Item(Shape shape, Colour colour, Size size, int column, int row) {

  /// The cells that the object takes, in pixels. The silhouette ends a pixel inside.
  public Box box() {
    int left = column * Scene.CELL;
    int top = row * Scene.CELL;
    int side = size.cells() * Scene.CELL;
    return new Box(left, top, left + side, top + side);
  }

  /// `red circle`.
  public String words() {
    return colour.word() + " " + shape.word();
  }
}
