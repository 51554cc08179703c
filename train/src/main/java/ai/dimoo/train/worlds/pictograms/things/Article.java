package ai.dimoo.train.worlds.pictograms.things;

/// The indefinite article of an English noun.
public enum Article {
  A("a"),
  AN("an"),
  /// Nouns in the plural: `scissors`, `skis`.
  NONE("");

  private final String word;

  Article(String word) {
    this.word = word;
  }

  /// `a`, `an` or nothing.
  public String word() {
    return word;
  }
}
