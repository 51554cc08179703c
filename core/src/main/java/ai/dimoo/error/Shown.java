package ai.dimoo.error;

/// How text that comes from a file or a server stands in an error line: on one line, not endless.
public final class Shown {

  private static final int LONGEST = 160;

  private Shown() {}

  /// `text` without control characters, cut where it is very long.
  public static String text(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
