package ai.dimoo.request;

import ai.dimoo.error.Fault;
import ai.dimoo.error.Remedy;
import ai.dimoo.error.UserException;
import ai.dimoo.image.Box;
import ai.dimoo.image.Mask;
import ai.dimoo.image.PaintMask;
import ai.dimoo.image.PaintMask.Coverage;
import ai.dimoo.image.Size;
import ai.dimoo.sequence.TokenMask;

/// Which part of a picture is meant: what {@link Inpaint} repaints, or what {@link Outpaint} keeps.
/// Immutable.
public sealed interface PaintArea {

  /// The reference's rectangle in the middle of the picture.
  ///
  /// @param heightRatio its height as a share of the picture's, 0..1
  /// @param widthRatio its width as a share of the picture's, 0..1
  record Centred(double heightRatio, double widthRatio) implements PaintArea {

    /// @throws UserException if a ratio is not within 0..1
    public Centred {
      requireShare("mask_h_ratio", heightRatio);
      requireShare("mask_w_ratio", widthRatio);
    }

    private static void requireShare(String field, double ratio) {
      if (!(ratio >= 0 && ratio <= 1)) {
        throw new UserException(Fault.value(field, ratio, "a number from 0 to 1"));
      }
    }
  }

  /// A box in pixels of the input picture.
  record InBox(Box box) implements PaintArea {}

  /// What a mask picture marks. It always marks what is to be repainted, for outpainting too.
  record Marked(Mask mask) implements PaintArea {}

  /// Tokens, such as a recipe remembers them: always those that are repainted.
  record Tokens(TokenMask mask) implements PaintArea {}

  /// The tokens to repaint when the area is.
  ///
  /// @param source size of the input picture
  /// @param size the same with both sides rounded down to multiples of `factor`
  default TokenMask inside(Size source, Size size, int factor, Coverage coverage) {
    return switch (this) {
      case Centred c -> PaintMask.inpainting(size, c.heightRatio(), c.widthRatio(), factor);
      case InBox b -> PaintMask.ofBox(size, scaled(b.box(), source, size), factor, coverage);
      case Marked m -> PaintMask.ofMask(size, shaped(m.mask(), source), factor, coverage);
      case Tokens t -> fitting(t.mask(), size, factor);
    };
  }

  /// The tokens to repaint when the area is kept.
  ///
  /// @param source size of the input picture
  /// @param size the same with both sides rounded down to multiples of `factor`
  default TokenMask outside(Size source, Size size, int factor) {
    return switch (this) {
      case Centred c -> PaintMask.outpainting(size, c.heightRatio(), c.widthRatio(), factor);
      case InBox b ->
          PaintMask.ofBox(size, scaled(b.box(), source, size), factor, Coverage.MOST).inverted();
      case Marked m -> PaintMask.ofMask(size, shaped(m.mask(), source), factor, Coverage.MOST);
      case Tokens t -> fitting(t.mask(), size, factor);
    };
  }

  /// A mask of another size marks the same parts; one of another shape would mark others.
  private static Mask shaped(Mask mask, Size source) {
    long across = (long) mask.size().width() * source.height();
    long down = (long) mask.size().height() * source.width();
    if (Math.abs(across - down) > Math.max(source.width(), source.height())) {
      throw new UserException(
          Fault.of(
                  "The mask is %s, another shape than the picture, which is %s."
                      .formatted(mask.size(), source))
              .in("mask")
              .mend(Remedy.plain("make the mask as large as the picture")));
    }
    return mask;
  }

  private static Box scaled(Box box, Size from, Size to) {
    if (from.equals(to)) {
      return box;
    }
    long left = (long) box.x() * to.width() / from.width();
    long top = (long) box.y() * to.height() / from.height();
    long right = Math.ceilDiv(((long) box.x() + box.width()) * to.width(), from.width());
    long bottom = Math.ceilDiv(((long) box.y() + box.height()) * to.height(), from.height());
    return new Box((int) left, (int) top, (int) (right - left), (int) (bottom - top));
  }

  private static TokenMask fitting(TokenMask mask, Size size, int factor) {
    if (mask.rows() * factor != size.height() || mask.columns() * factor != size.width()) {
      throw new UserException(
          "The mask is for %dx%d pixels, but the picture is %s; take the picture that it was made for."
              .formatted(mask.columns() * factor, mask.rows() * factor, size));
    }
    return mask;
  }
}
