package ai.dimoo.image;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;

/// A marker segment of a JPEG file (ITU-T T.81, annex B).
///
/// @param marker the byte after 0xff
/// @param offset where its data begin in the file, after the two bytes of the length
/// @param length of its data
record JpegSegment(int marker, int offset, int length) {

  private static final int START_OF_SCAN = 0xda;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;

  /// The segments before the first scan.
  ///
  /// @throws IIOException if the file ends early or is malformed
  static List<JpegSegment> beforeScan(byte[] file) throws IIOException {
    List<JpegSegment> segments = new ArrayList<>();
    int at = 2;
    while (at + 4 <= file.length) {
      if ((file[at] & 0xff) != 0xff) {
        throw new IIOException("a marker is missing at byte " + at);
      }
      int marker = file[at + 1] & 0xff;
      if (marker == 0xff) { // a fill byte
        at++;
        continue;
      }
      if (marker == START_OF_SCAN) {
        return segments;
      }
      int length = (file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff);
      if (length < 2 || at + 2 + length > file.length) {
        break;
      }
      segments.add(new JpegSegment(marker, at + 4, length - 2));
      at += 2 + length;
    }
    throw new IIOException("the file ends early");
  }

  /// The same file without its colour profile, so that the decoder does not convert the colours:
  /// the reference does not either, and a damaged profile is no reason to refuse a picture.
  static byte[] withoutColourProfile(byte[] file) throws IIOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int from = 0;
    for (JpegSegment segment : beforeScan(file)) {
      if (segment.marker == APP2 && segment.begins(file, "ICC_PROFILE\0")) {
        kept.write(file, from, segment.offset - 4 - from);
        from = segment.offset + segment.length;
      }
    }
    kept.write(file, from, file.length - from);
    return kept.toByteArray();
  }

  /// Whether this is the frame header, which gives the size: SOF0..SOF15, among which 0xc4, 0xc8
  /// and 0xcc mean other things.
  boolean isFrame() {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  boolean isExif(byte[] file) {
    return marker == APP1 && begins(file, "Exif\0\0");
  }

  private boolean begins(byte[] file, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i >= length || file[offset + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
