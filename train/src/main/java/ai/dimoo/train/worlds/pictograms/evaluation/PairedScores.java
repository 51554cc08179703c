package ai.dimoo.train.worlds.pictograms.evaluation;

import ai.dimoo.image.SquaredError;
import java.util.List;

/// What two models, asked the same, had right. Immutable.
///
/// @param rows of the suites
/// @param overall all pairs together
/// @param pictures of pairs that are pictures, of which `equal` are the same to the pixel and
///   `error` tells of all
/// @param firstSeconds that the first took for a picture or an answer, the median
/// @param secondSeconds the same of the second
public record PairedScores(
    List<Row> rows,
    Row overall,
    int pictures,
    int equal,
    SquaredError error,
    double firstSeconds,
    double secondSeconds) {

  /// The normal distribution has 95% within so many deviations.
  private static final double DEVIATIONS = 1.959964;

  public PairedScores {
    rows = List.copyOf(rows);
  }

  /// A row of a suite, or all.
  ///
  /// @param count of pairs
  /// @param first mean score of the first, 0 to 1
  /// @param second mean score of the second
  /// @param onlyFirst pairs in which the first has the higher score
  /// @param onlySecond pairs in which the second has the higher score
  /// @param low lower end of the 95% interval of `second - first`
  /// @param high its upper end
  public record Row(
      String name,
      int count,
      double first,
      double second,
      int onlyFirst,
      int onlySecond,
      double low,
      double high) {

    /// The second's mean score less the first's.
    public double difference() {
      return second - first;
    }

    /// The interval is Wald's, of the differences of pairs, after half a pair is added in which the
    /// first alone is right, half a one in which the second alone is, and one in which they are
    /// equal (Agresti and Min, Statistics in Medicine 24, 2005): few pairs that all agree do not
    /// prove that the models do.
    ///
    /// @param scores of each pair: the first's, the second's
    static Row of(String name, List<double[]> scores) {
      double sumOfFirst = 0;
      double sumOfSecond = 0;
      double squares = 1;
      int onlyFirst = 0;
      int onlySecond = 0;
      for (double[] pair : scores) {
        double difference = pair[1] - pair[0];
        sumOfFirst += pair[0];
        sumOfSecond += pair[1];
        squares += difference * difference;
        onlyFirst += difference < 0 ? 1 : 0;
        onlySecond += difference > 0 ? 1 : 0;
      }
      int count = scores.size();
      double more = count + 2;
      double centre = (sumOfSecond - sumOfFirst) / more;
      double reach = DEVIATIONS * Math.sqrt((squares / more - centre * centre) / more);
      return new Row(
          name,
          count,
          sumOfFirst / count,
          sumOfSecond / count,
          onlyFirst,
          onlySecond,
          centre - reach,
          centre + reach);
    }
  }
}
