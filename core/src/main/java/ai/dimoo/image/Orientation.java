package ai.dimoo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How the stored pixels are to be turned to stand upright: Exif tag 0x0112 (Exif 2.3, 4.6.4 A).
///
/// @param swaps rows become columns, about the main diagonal
/// @param mirrorsX afterwards the stored x counts from the right
/// @param mirrorsY afterwards the stored y counts from the bottom
record Orientation(boolean swaps, boolean mirrorsX, boolean mirrorsY) {

  static final Orientation UPRIGHT = new Orientation(false, false, false);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /// @param exif the tag's value 1..8; anything else leaves the picture as it is
  static Orientation of(int exif) {
    return switch (exif) {
      case 2 -> new Orientation(false, true, false);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, false, true);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, false, true);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, true, false);
      default -> UPRIGHT;
    };
  }

  /// Finds the tag in an Exif block, a TIFF structure with or without `Exif\0\0` before it. A block
  /// that cannot be understood turns nothing, as in other programs.
  static Orientation ofExif(byte[] file, int offset, int length) {
    ByteBuffer block = ByteBuffer.wrap(file, offset, length).slice();
    try {
      if (block.getInt(0) == 0x45786966) { // "Exif"
        block = block.slice(6, length - 6);
      }
      block.order(block.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      if (block.getShort(2) != 42) {
        return UPRIGHT;
      }
      int directory = block.getInt(4);
      int entries = block.getShort(directory) & 0xffff;
      for (int i = 0; i < entries; i++) {
        int entry = directory + 2 + 12 * i;
        if ((block.getShort(entry) & 0xffff) == TAG) {
          return switch (block.getShort(entry + 2)) {
            case SHORT -> of(block.getShort(entry + 8));
            case LONG -> of(block.getInt(entry + 8)); // as some cameras write it
            default -> UPRIGHT;
          };
        }
      }
    } catch (IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
    return UPRIGHT;
  }
}
