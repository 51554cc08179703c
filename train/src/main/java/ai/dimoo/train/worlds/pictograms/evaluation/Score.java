package ai.dimoo.train.worlds.pictograms.evaluation;

/// One number that a trial gives.
///
/// @param row which row of the suite's table it counts for
/// @param baseline what an answer gets that costs nothing: the unchanged picture, a blank map, the
///   most frequent answer
/// @param ceiling the most that could be reached, such as what the VQ model can carry; a row's
///   score is the sum of its values over the sum of its ceilings
public record Score(String row, Unit unit, double value, double baseline, double ceiling) {

  /// A share with a baseline.
  public static Score share(String row, double value, double baseline) {
    return new Score(row, Unit.SHARE, value, baseline, 1);
  }

  /// Right or wrong, with a baseline.
  public static Score of(String row, boolean right, boolean trivial) {
    return share(row, right ? 1 : 0, trivial ? 1 : 0);
  }

  /// A number in a unit, without baseline.
  public static Score in(Unit unit, String row, double value) {
    return new Score(row, unit, value, Double.NaN, 1);
  }
}
