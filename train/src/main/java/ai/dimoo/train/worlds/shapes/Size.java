package ai.dimoo.train.worlds.shapes;

/// How large an object is: a whole number of lattice cells, so that it covers whole VQ tokens.
public enum Size {
  SMALL("small", 2),
  LARGE("large", 3);

  private final String word;
  private final int cells;

  Size(String word, int cells) {
    this.word = word;
    this.cells = cells;
  }

  /// The adjective: `small`.
  public String word() {
    return word;
  }

  /// Width and height in cells of [Scene#CELL] pixels.
  public int cells() {
    return cells;
  }
}
