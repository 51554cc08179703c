package ai.dimoo.train.worlds.pictograms.scene;

/// How large something stands in a picture: a whole number of tokens.
public enum ItemSize {
  SMALL("small", "小", 2),
  LARGE("big", "大", 4);

  private final String word;
  private final String chinese;
  private final int tokens;

  ItemSize(String word, String chinese, int tokens) {
    this.word = word;
    this.chinese = chinese;
    this.tokens = tokens;
  }

  /// The adjective: `small`.
  public String word() {
    return word;
  }

  /// The adjective in Chinese: `小`.
  public String chinese() {
    return chinese;
  }

  /// Width and height of a thing in tokens.
  public int tokens() {
    return tokens;
  }

  /// Width and height of a thing in pixels: 32 or 64.
  public int pixels() {
    return tokens * Scene.TOKEN;
  }
}
