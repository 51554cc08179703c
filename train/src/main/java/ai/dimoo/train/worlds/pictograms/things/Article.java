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

  /// The one that most nouns with such a beginning and end have.
  static Article of(String noun) {
    boolean plural = noun.endsWith("s") && !noun.endsWith("ss");
    return plural ? NONE : "aeiou".indexOf(noun.charAt(0)) >= 0 ? AN : A;
  }

  /// `a`, `an` or nothing.
  public String word() {
    return word;
  }
}
