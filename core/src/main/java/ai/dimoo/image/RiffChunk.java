package ai.dimoo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A chunk of a WebP file (RFC 9649, section 2.3).
///
/// @param type four letters
/// @param offset where its data begin in the file
/// @param length of its data
record RiffChunk(String type, int offset, int length) {

  /// Its letters and its length.
  static final int HEAD = 8;

  /// Where the chunks of a file begin, after `RIFF`, the length and `WEBP`.
  private static final int FIRST = 12;

  /// The chunks of a file, up to the first that it does not hold whole.
  static List<RiffChunk> allOf(byte[] file) {
    return within(file, FIRST, file.length);
  }

  /// The chunks between two places of a file, up to the first that does not end before the second.
  static List<RiffChunk> within(byte[] file, int from, int end) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<RiffChunk> chunks = new ArrayList<>();
    long at = from;
    while (at + HEAD <= end) {
      long length = buffer.getInt((int) at + 4) & 0xffffffffL;
      if (at + HEAD + length > end) {
        break;
      }
      String type = new String(file, (int) at, 4, StandardCharsets.ISO_8859_1);
      chunks.add(new RiffChunk(type, (int) at + HEAD, (int) length));
      at += HEAD + length + (length & 1); // chunks begin at even places
    }
    return chunks;
  }
}
