package ai.dimoo.image;

import ai.dimoo.error.UserException;

/// How a picture is made to fit into a size with nothing of it lost: halved with [Filter#BOX] while
/// both sides are at least twice what they become, then resized with [Filter#BICUBIC], then put in
/// the middle of a plain canvas. Immutable.
///
/// @param source the size of the picture that this is for
/// @param canvas the size that it is made to fit into
/// @param box where on the canvas the picture lies; one of its sides is that of the canvas
public record Padding(Size source, Size canvas, Box box) {

  /// @throws UserException if the box reaches beyond the canvas
  public Padding {
    box.requireInside(canvas);
  }

  /// The picture in the middle, as large as it can be.
  ///
  /// @throws UserException if the picture is so elongated that nothing would be left of it
  public static Padding centred(Size source, Size canvas) {
    double scale =
        Math.min(
            (double) canvas.width() / source.width(), (double) canvas.height() / source.height());
    int width = (int) Math.rint(source.width() * scale);
    int height = (int) Math.rint(source.height() * scale);
    if (Math.min(width, height) < 1) {
      throw new UserException(
          "The picture is %s, too elongated to be shown whole in %s: crop it first."
              .formatted(source, canvas));
    }
    int x = (canvas.width() - width) / 2;
    int y = (canvas.height() - height) / 2;
    return new Padding(source, canvas, new Box(x, y, width, height));
  }

  /// The picture on its canvas.
  ///
  /// @param picture of the size [#source()]
  public Picture of(Picture picture) {
    if (!picture.size().equals(source)) {
      throw new IllegalArgumentException("a padding for " + source + " applied to " + picture);
    }
    Picture halved = picture;
    while (halved.width() >= 2 * box.width() && halved.height() >= 2 * box.height()) {
      Size half = new Size(halved.width() / 2, halved.height() / 2);
      halved = Resize.to(halved, half, Filter.BOX);
    }
    Size size = new Size(box.width(), box.height());
    Picture resized = size.equals(halved.size()) ? halved : Resize.to(halved, size, Filter.BICUBIC);
    return size.equals(canvas)
        ? resized
        : new Canvas(canvas, edge(resized)).draw(resized, box.x(), box.y()).toPicture();
  }

  /// The mean colour of a picture's outermost pixels: bars of it stand out least.
  private static int edge(Picture picture) {
    long[] sums = new long[3];
    long count = 0;
    for (int y = 0; y < picture.height(); y++) {
      boolean whole = y == 0 || y == picture.height() - 1;
      int step = whole ? 1 : Math.max(1, picture.width() - 1);
      for (int x = 0; x < picture.width(); x += step) {
        int rgb = picture.rgb(x, y);
        sums[0] += rgb >> 16 & 0xff;
        sums[1] += rgb >> 8 & 0xff;
        sums[2] += rgb & 0xff;
        count++;
      }
    }
    int colour = 0;
    for (long sum : sums) {
      colour = colour << 8 | (int) ((sum + count / 2) / count);
    }
    return colour;
  }
}
