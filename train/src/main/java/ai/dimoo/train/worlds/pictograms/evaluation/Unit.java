package ai.dimoo.train.worlds.pictograms.evaluation;

/// What a score is counted in.
public enum Unit {
  /// From 0 to 1; the only unit that a suite's overall score is made of.
  SHARE(""),
  DECIBEL("dB"),
  SECONDS("s"),
  /// How many.
  NUMBER("");

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  /// What follows the number; empty if nothing.
  public String symbol() {
    return symbol;
  }
}
