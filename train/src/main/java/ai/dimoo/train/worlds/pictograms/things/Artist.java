package ai.dimoo.train.worlds.pictograms.things;

/// Who drew a set of pictograms.
public enum Artist {
  /// Google's Noto Emoji, Apache-2.0.
  NOTO("noto", "Noto", "@iconify-json/noto"),
  /// Microsoft's Fluent Emoji in its flat style, MIT.
  FLUENT("fluent", "Fluent", "@iconify-json/fluent-emoji-flat");

  private final String word;
  private final String chinese;
  private final String npmPackage;

  Artist(String word, String chinese, String npmPackage) {
    this.word = word;
    this.chinese = chinese;
    this.npmPackage = npmPackage;
  }

  /// The name of the style in captions and questions: `noto`.
  public String word() {
    return word;
  }

  /// The same in Chinese, where people keep the Latin name: `Noto`, as in `Noto风格`.
  public String chinese() {
    return chinese;
  }

  /// The package of the npm registry that holds the set.
  String npmPackage() {
    return npmPackage;
  }

  /// The other one.
  public Artist other() {
    return this == NOTO ? FLUENT : NOTO;
  }
}
