package ai.dimoo.parity;

import java.util.Locale;

/// What came out of one case.
///
/// @param name of the case
/// @param ok whether it holds
/// @param finding in words: the largest difference and its bound, or what differs first
public record ParityResult(String name, boolean ok, String finding) {

  /// @param difference the largest one found; NaN never holds
  /// @param bound the largest one allowed
  public static ParityResult ofDifference(String name, double difference, double bound) {
    return new ParityResult(
        name,
        difference <= bound,
        String.format(Locale.ROOT, "largest difference %.2g, allowed %.0e", difference, bound));
  }

  /// @param difference the largest one of the given share of the numbers
  /// @param largest the largest of all
  public static ParityResult ofDifferenceOfMost(
      String name, double difference, double bound, double share, double largest) {
    return new ParityResult(
        name,
        difference <= bound,
        String.format(
            Locale.ROOT,
            "largest difference %.2g for %.0f%%, allowed %.0e; %.2g at most",
            difference,
            100 * share,
            bound,
            largest));
  }

  /// @param same what is equal, in words
  public static ParityResult equal(String name, String same) {
    return new ParityResult(name, true, same);
  }

  /// @param reason what differs first, or why the case could not run
  public static ParityResult failure(String name, String reason) {
    return new ParityResult(name, false, reason);
  }
}
