package ai.dimoo.error;

import java.util.Locale;

/// How text that comes from a file or a server stands in an error line, on one line and not
/// endless; and numbers of bytes.
public final class Shown {

  private static final int LONGEST = 160;

  private Shown() {}

  /// A number of bytes, in GB or, where that would be next to nothing, in MB.
  public static String bytes(long bytes) {
    return bytes < 100_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /// `text` without control characters, cut where it is very long.
  public static String text(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
