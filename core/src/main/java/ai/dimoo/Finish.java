package ai.dimoo;

import ai.dimoo.image.Box;
import ai.dimoo.image.Filter;
import ai.dimoo.image.Picture;
import ai.dimoo.image.Resize;
import ai.dimoo.image.Size;

/// How the pixels that were sampled become the picture.
///
/// @param sampled their size
/// @param part what of them is the picture
/// @param size the size of the picture, to which that part is resized
record Finish(Size sampled, Box part, Size size) {

  /// All of them, as they are.
  static Finish none(Size sampled) {
    return resized(sampled, sampled);
  }

  /// All of them, resized.
  static Finish resized(Size sampled, Size size) {
    return new Finish(sampled, new Box(0, 0, sampled.width(), sampled.height()), size);
  }

  /// A part of them, as it is.
  static Finish part(Size sampled, Box part) {
    return new Finish(sampled, part, new Size(part.width(), part.height()));
  }

  /// Whether the picture is other than what was sampled.
  boolean changes() {
    return !size.equals(sampled);
  }

  /// The picture.
  ///
  /// @param picture what was sampled
  Picture of(Picture picture) {
    boolean whole = part.width() == sampled.width() && part.height() == sampled.height();
    Picture shown = whole ? picture : picture.crop(part);
    return shown.size().equals(size) ? shown : Resize.to(shown, size, Filter.LANCZOS);
  }
}
