package ai.dimoo.train.worlds.pictograms.judge;

/// How large the cells are over which pictures are averaged before they are compared.
enum Scale {
  /// 8 pixels a side: enough to find the few looks that come into question.
  COARSE(8),
  /// 4 pixels a side: enough to see what stands where.
  MEDIUM(4),
  /// 2 pixels a side: enough to tell alike things apart.
  FINE(2);

  private final int side;

  Scale(int side) {
    this.side = side;
  }

  /// Pixels.
  int side() {
    return side;
  }
}
