package ai.dimoo.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/// A chunk of a PNG file (PNG specification, section 5).
///
/// @param type four letters
/// @param offset where its data begin in the file
/// @param length of its data
record PngChunk(String type, int offset, int length) {

  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private static final int FRAME = 12; // length, type and check sum round the data

  /// All chunks up to IEND. A chunk whose check sum is wrong is left out if the picture can be
  /// shown without it.
  ///
  /// @throws IIOException if the file ends early or a chunk that the picture needs is damaged
  static List<PngChunk> allOf(byte[] file) throws IIOException {
    List<PngChunk> chunks = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(file);
    long at = SIGNATURE.length;
    while (at + FRAME <= file.length) {
      long length = buffer.getInt((int) at) & 0xffffffffL;
      if (at + FRAME + length > file.length) {
        break;
      }
      String type = new String(file, (int) at + 4, 4, StandardCharsets.ISO_8859_1);
      CRC32 sum = new CRC32();
      sum.update(file, (int) at + 4, (int) length + 4);
      boolean sound = (int) sum.getValue() == buffer.getInt((int) (at + 8 + length));
      boolean needed = Character.isUpperCase(type.charAt(0));
      if (!sound && needed) {
        throw new IIOException("the check sum of its chunk " + type + " is wrong");
      }
      if (sound) {
        chunks.add(new PngChunk(type, (int) at + 8, (int) length));
      }
      if (type.equals("IEND")) {
        return chunks;
      }
      at += FRAME + length;
    }
    throw new IIOException("the file ends early");
  }
}
