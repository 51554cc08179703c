package ai.dimoo.train.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/// Times work that ends in a tensor.
///
/// @param repeats of which the median counts; one more run before them does not
record Timing(int repeats, BenchListener listener) {

  private static final double NANOSECONDS = 1e9;

  /// The median seconds of each work. They take turns, so that whatever else the machine is doing
  /// meets them all alike.
  double[] seconds(List<Supplier<Tensor>> works) {
    works.forEach(this::once); // warm-up
    double[][] times = new double[works.size()][repeats];
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int i = 0; i < works.size(); i++) {
        times[i][repeat] = once(works.get(i));
      }
    }
    return Arrays.stream(times).mapToDouble(Timing::median).toArray();
  }

  private double once(Supplier<Tensor> work) {
    listener.onWork();
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradient = new AutoGradMode(false)) {
      long start = System.nanoTime();
      Tensor result = work.get();
      result.flatten().narrow(0, 0, 1).cpu(); // a graphics card has finished when this is there
      return (System.nanoTime() - start) / NANOSECONDS;
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
