package ai.dimoo.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Gathers results, and keeps on when a case throws.
public final class ParityReport {

  private final List<ParityResult> results = new ArrayList<>();
  private final Consumer<ParityResult> listener;

  /// @param listener gets each result as soon as it is known
  public ParityReport(Consumer<ParityResult> listener) {
    this.listener = listener;
  }

  /// Runs every case of some groups.
  ///
  /// @param listener gets each result as soon as it is known
  /// @return all results
  public static List<ParityResult> of(
      ReferenceFolder folder, List<ParityCases> groups, Consumer<ParityResult> listener) {
    ParityReport report = new ParityReport(listener);
    for (ParityCases group : groups) {
      report.run(group.getClass().getSimpleName(), () -> group.check(folder, report));
    }
    return report.results();
  }

  /// Runs a case or several; what they throw is a failed case of this name.
  public void run(String name, Runnable cases) {
    try (PointerScope scope = new PointerScope()) {
      cases.run();
    } catch (RuntimeException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
      add(ParityResult.failure(name, message.lines().findFirst().orElse(e.toString())));
    }
  }

  /// Numbers whose difference is measured against the largest expected value.
  public void relative(String name, Tensor actual, Tensor expected, double bound) {
    compare(name, actual, expected, bound, Differences.largest(expected));
  }

  /// Numbers whose difference is measured as it is.
  public void absolute(String name, Tensor actual, Tensor expected, double bound) {
    compare(name, actual, expected, bound, 1);
  }

  /// Numbers of which a share must be within the bound, the rest may be rounding's victims.
  ///
  /// @param share 0..1
  public void absoluteForMost(
      String name, Tensor actual, Tensor expected, double bound, double share) {
    if (shapesAgree(name, actual, expected)) {
      double[] sorted = Differences.sorted(actual, expected);
      double atShare = sorted[(int) Math.ceil(share * (sorted.length - 1))];
      double largest = sorted[sorted.length - 1];
      add(ParityResult.ofDifferenceOfMost(name, atShare, bound, share, largest));
    }
  }

  private void compare(
      String name, Tensor actual, Tensor expected, double bound, double magnitude) {
    if (shapesAgree(name, actual, expected)) {
      double difference = Differences.largestDifference(actual, expected) / magnitude;
      add(ParityResult.ofDifference(name, difference, bound));
    }
  }

  private boolean shapesAgree(String name, Tensor actual, Tensor expected) {
    String shape = Arrays.toString(Differences.shape(actual));
    String expectedShape = Arrays.toString(Differences.shape(expected));
    if (!shape.equals(expectedShape)) {
      add(ParityResult.failure(name, "shape " + shape + ", expected " + expectedShape));
    }
    return shape.equals(expectedShape);
  }

  /// Whole numbers that must be equal.
  public void equal(String name, int[] actual, int[] expected) {
    int at = Arrays.mismatch(actual, expected);
    if (at < 0) {
      add(ParityResult.equal(name, "all " + expected.length + " equal"));
    } else if (at >= Math.min(actual.length, expected.length)) {
      add(ParityResult.failure(name, actual.length + " numbers, expected " + expected.length));
    } else {
      add(
          ParityResult.failure(
              name, "number %d is %d, expected %d".formatted(at, actual[at], expected[at])));
    }
  }

  /// Anything else that must be equal.
  public void equal(String name, Object actual, Object expected) {
    add(
        actual.equals(expected)
            ? ParityResult.equal(name, "equal")
            : ParityResult.failure(name, "'" + actual + "', expected '" + expected + "'"));
  }

  /// Adds a result.
  public void add(ParityResult result) {
    results.add(result);
    listener.accept(result);
  }

  /// All so far.
  public List<ParityResult> results() {
    return List.copyOf(results);
  }
}
