package ai.dimoo.train.worlds.pictograms.scene;

/// Where in the picture something lies: a ninth of it, by its centre.
public enum Zone {
  TOP_LEFT("top left", "左上角"),
  TOP("top", "上面"),
  TOP_RIGHT("top right", "右上角"),
  LEFT("left", "左边"),
  MIDDLE("middle", "中间"),
  RIGHT("right", "右边"),
  BOTTOM_LEFT("bottom left", "左下角"),
  BOTTOM("bottom", "下面"),
  BOTTOM_RIGHT("bottom right", "右下角");

  private final String word;
  private final String chinese;

  Zone(String word, String chinese) {
    this.word = word;
    this.chinese = chinese;
  }

  /// `top left`.
  public String word() {
    return word;
  }

  /// The same in Chinese: `左上角`.
  public String chinese() {
    return chinese;
  }

  /// Whether it is a corner.
  public boolean corner() {
    return this == TOP_LEFT || this == TOP_RIGHT || this == BOTTOM_LEFT || this == BOTTOM_RIGHT;
  }

  /// Where an item lies. What is less than a token off the middle counts as in the middle.
  public static Zone of(Item item) {
    int across = third(2 * item.column() + item.columns());
    int down = third(2 * item.row() + item.rows());
    return values()[3 * down + across];
  }

  /// Whether it is plain to see where an item lies: it touches the picture's edge on each side that
  /// its zone names.
  public static boolean clear(Item item) {
    return clear(item.column(), item.columns()) && clear(item.row(), item.rows());
  }

  private static boolean clear(int start, int length) {
    return third(2 * start + length) == 1 || start == 0 || start + length == Scene.TOKENS;
  }

  /// @param twice the centre in half tokens
  private static int third(int twice) {
    int off = twice - Scene.TOKENS;
    return off <= -2 ? 0 : off >= 2 ? 2 : 1;
  }
}
