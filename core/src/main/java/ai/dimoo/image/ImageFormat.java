package ai.dimoo.image;

import ai.dimoo.error.UserException;
import java.util.HexFormat;

/// The formats that are read, told by a file's first bytes and never by its name.
enum ImageFormat {
  PNG,
  JPEG,
  WEBP;

  /// As many bytes as are needed to tell.
  static final int HEAD = 16;

  /// @param head the file's first [#HEAD] bytes, or all if it has fewer
  /// @param name what the message calls the file
  /// @throws UserException if it is something else, saying what where that is known
  static ImageFormat of(byte[] head, String name) {
    if (begins(head, 0, "89504e470d0a1a0a")) {
      return PNG;
    }
    if (begins(head, 0, "ffd8ff")) {
      return JPEG;
    }
    if (begins(head, 0, "52494646") && begins(head, 8, "57454250")) {
      return WEBP;
    }
    throw new UserException(
        head.length == 0
            ? "%s is empty: a PNG, JPEG or WebP picture is expected.".formatted(name)
            : "%s is %s: a PNG, JPEG or WebP picture is expected.".formatted(name, kind(head)));
  }

  private static String kind(byte[] head) {
    if (begins(head, 0, "47494638")) {
      return "a GIF";
    }
    if (begins(head, 0, "424d")) {
      return "a BMP picture";
    }
    if (begins(head, 0, "49492a00") || begins(head, 0, "4d4d002a")) {
      return "a TIFF or camera raw picture";
    }
    if (begins(head, 4, "66747970")) { // "ftyp"
      return "a HEIC or AVIF picture or a video";
    }
    if (begins(head, 0, "504b0304")) {
      return "a ZIP archive";
    }
    if (begins(head, 0, "25504446")) {
      return "a PDF document";
    }
    return "not a picture";
  }

  private static boolean begins(byte[] head, int at, String hex) {
    String actual = HexFormat.of().formatHex(head);
    return actual.startsWith(hex, Math.min(2 * at, actual.length()));
  }
}
