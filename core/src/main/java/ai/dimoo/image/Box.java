package ai.dimoo.image;

import ai.dimoo.error.UserException;

/// A rectangle of pixels: (x, y) is its top left corner, counted from the top left of the picture.
public record Box(int x, int y, int width, int height) {

  /// @throws UserException if the corner is negative or the box has no area
  public Box {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new UserException(
          "The box %d,%d,%d,%d has no area or begins outside: give X,Y,WIDTH,HEIGHT in pixels."
              .formatted(x, y, width, height));
    }
  }

  /// Reads `X,Y,WIDTH,HEIGHT`, for example `32,16,64,64`.
  ///
  /// @throws UserException if the text is not four whole numbers that make a box
  public static Box parse(String text) {
    String[] parts = text.strip().split("\\s*,\\s*", -1);
    if (parts.length == 4) {
      try {
        return new Box(
            Integer.parseInt(parts[0]),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]),
            Integer.parseInt(parts[3]));
      } catch (NumberFormatException e) {
        // falls through to the message that shows what a box looks like
      }
    }
    throw new UserException(
        "'%s' is not a box: give X,Y,WIDTH,HEIGHT in pixels, such as 32,16,64,64.".formatted(text));
  }

  /// Refuses a box that reaches beyond a picture.
  ///
  /// @throws UserException naming both
  void requireInside(Size size) {
    if ((long) x + width > size.width() || (long) y + height > size.height()) {
      throw new UserException(
          "The box %s (x,y,width,height) reaches beyond the picture of %s: make it smaller or move it."
              .formatted(this, size));
    }
  }

  @Override
  public String toString() {
    return x + "," + y + "," + width + "," + height;
  }
}
