package ai.dimoo.image;

import java.util.BitSet;

/// Which pixels of a picture are to be regenerated. Immutable.
///
/// [ImageFiles#readMask] reads one from a mask picture.
public final class Mask {

  private final Size size;
  private final BitSet masked; // bit y · width + x

  private Mask(Size size, BitSet masked) {
    this.size = size;
    this.masked = masked;
  }

  /// Says of each pixel whether it is masked.
  @FunctionalInterface
  public interface Rule {
    boolean masks(int x, int y);
  }

  /// A mask for a picture of this size.
  public static Mask of(Size size, Rule rule) {
    BitSet masked = new BitSet(size.width() * size.height());
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        masked.set(y * size.width() + x, rule.masks(x, y));
      }
    }
    return new Mask(size, masked);
  }

  /// The mask's own size, which need not be that of the picture it is for.
  public Size size() {
    return size;
  }

  /// Whether the pixel is to be regenerated, counted from the top left.
  public boolean masked(int x, int y) {
    return masked.get(y * size.width() + x);
  }

  /// How many pixels are masked.
  public int count() {
    return masked.cardinality();
  }
}
